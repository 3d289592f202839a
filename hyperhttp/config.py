"""The models of every option that is data, frozen and validated. Made from `spec/config.toml`."""

from hyperhttp._generated.config import *  # noqa: F403  # the room decides what is public
from hyperhttp._generated.config import __all__ as __all__  # noqa: PLC0414  # says that it is exported
