"""What the client is composed of: the request pipeline, downloads, event sources, explain()."""
