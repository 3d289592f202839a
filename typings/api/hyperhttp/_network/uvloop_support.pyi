# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_network/uvloop_support.py and run the command again.

def install_uvloop() -> bool: ...
