"""``python -m sigmine``."""

from sigmine.cli.main import main

if __name__ == "__main__":
    main()
