"""Is what a commit would release what it should be? See `__main__`."""
