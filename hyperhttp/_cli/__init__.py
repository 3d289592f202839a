"""The command line; `hyperhttp.__main__` is its entry point."""
