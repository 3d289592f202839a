"""Each emitter, and the behaviour of what it emits."""
