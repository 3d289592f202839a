"""One emitter per output: each is a pure function from the checked spec to the text of one file.

No emitter knows a name of the spec: what distinguishes one entry from another is said in the spec.
"""
