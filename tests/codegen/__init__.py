"""The generator, and what it makes."""
