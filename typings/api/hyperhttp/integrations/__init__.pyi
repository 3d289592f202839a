# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/integrations/__init__.py and run the command again.
