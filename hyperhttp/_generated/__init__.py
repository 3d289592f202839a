# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit codegen/emit/fixed.py and run the command again.
"""Made from `spec/`; import its modules, not this."""
