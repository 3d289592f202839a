"""URLs, headers, cookies, bodies, requests and responses."""
