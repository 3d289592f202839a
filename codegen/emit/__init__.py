"""Emitters: each is a pure function from the checked spec to the text of a file.

Emitters contain no names of the spec. The spec itself marks entries that need special treatment.
"""
