"""Runs a script with the real libraries of other programs, in a process of its own.

They are heavy, and some want other versions of what we use; so the interpreter may be another one:
``SIGMINE_INTEROP_PYTHON``, several separated by ``:``, the first that has all packages is taken.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_FIND = "import importlib.util, sys; sys.exit(not all(importlib.util.find_spec(name) for name in sys.argv[1:]))"


def run_with(script: str, *arguments: Path, needs: tuple[str, ...]) -> Any:
    """The JSON that the script prints; skips the test where no interpreter has the packages."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    interpreters = [*filter(None, os.environ.get("SIGMINE_INTEROP_PYTHON", "").split(":")), sys.executable]
    for python in interpreters:
        if subprocess.run([python, "-c", _FIND, *needs], env=environment, check=False).returncode == 0:
            break
    else:
        pytest.skip(f"needs {', '.join(needs)}: pip install 'sigmine[interop]', or set SIGMINE_INTEROP_PYTHON")
    done = subprocess.run(
        [python, "-c", script, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])
