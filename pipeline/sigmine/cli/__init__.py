"""The command line: one file a command, each only parses flags, calls the library and shows what it gives."""
