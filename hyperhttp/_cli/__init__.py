"""The command line, in parts; `hyperhttp.__main__` puts them together."""
