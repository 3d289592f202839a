"""What is sent and what comes back: URLs, fields, cookies, bodies, requests, responses."""
