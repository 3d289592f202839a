"""The parts of the client: the request pipeline, downloads, event sources, explain()."""
