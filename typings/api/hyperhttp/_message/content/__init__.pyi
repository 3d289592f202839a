# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/content/__init__.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)
