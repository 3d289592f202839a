"""The tests on every interpreter that the package supports. See `__main__`."""
