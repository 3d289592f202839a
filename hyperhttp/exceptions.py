"""Every error of hyperhttp; all derive from `HyperHTTPError`. Made from `spec/errors.toml`."""

from hyperhttp._generated.exceptions import *  # noqa: F403  # the room decides what is public
from hyperhttp._generated.exceptions import __all__ as __all__  # noqa: PLC0414  # says that it is exported
