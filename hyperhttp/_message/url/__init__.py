"""URLs and query strings."""
