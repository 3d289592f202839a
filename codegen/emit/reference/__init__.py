"""The reference pages, one per topic: from the spec, and from the docstrings of hand-written classes."""
