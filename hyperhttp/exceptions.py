"""Every error of hyperhttp; all derive from `HyperHTTPError`. Made from `spec/errors.toml`."""

from hyperhttp._generated.exceptions import *  # noqa: F403  # the room decides what is public
from hyperhttp._generated.exceptions import __all__  # noqa: F401  # names what the line above brings
