"""The transports for other HTTP clients."""
