"""The clients that are measured: each module has a `Bench` with the same methods.

They are loaded by name in the process that measures them, because none but ours need be installed.
"""
