# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit codegen/emit/package.py and run the command again.
"""Generated from `spec/`; import its modules."""
