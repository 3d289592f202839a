# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from hyperhttp._client._generated.client_options import ClientOptionsBase

__all__ = ["RequestBuilder"]

class RequestBuilder(ClientOptionsBase): ...
