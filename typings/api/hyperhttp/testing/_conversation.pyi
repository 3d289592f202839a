# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_conversation.py and run the command again.

class NeedsHTTP2(ValueError): ...
