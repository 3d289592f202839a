"""Decisions between the caller and the wire, as generators: no I/O."""
