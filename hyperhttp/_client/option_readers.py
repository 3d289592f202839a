"""How the options of one request are read: each checks what was given, and returns what is stored.

The generated `RequestBuilder` calls `read_<option>` for each option that is given.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.config import RetryPolicy, Timeout
from hyperhttp._base.config_model import number_model, switch_model
from hyperhttp._base.option_checks import checked_count, checked_flag
from hyperhttp._message.cookies.jar import Cookies
from hyperhttp._message.request.progress import checked_callback
from hyperhttp._policy.auth import auth_of

if TYPE_CHECKING:
    from hyperhttp._base.option_checks import SentCookies
    from hyperhttp._message.cookies.jar import CookiesInput
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._policy.auth import Auth, AuthInput

__all__ = [
    "read_auth",
    "read_cookies",
    "read_follow_redirects",
    "read_max_redirects",
    "read_on_upload",
    "read_retry",
    "read_timeout",
]


def read_auth(given: AuthInput | None) -> Auth | None:
    """Return the credentials. Raises ConfigError."""
    return None if given is None else auth_of(given)


def read_cookies(given: CookiesInput) -> SentCookies:
    """Return the cookies of the request alone. Raises ConfigError."""
    return dict(Cookies(given))


def read_follow_redirects(given: object) -> bool:
    """Return whether redirects are followed. Raises ConfigError."""
    return checked_flag(given, option="follow_redirects")


def read_max_redirects(given: object) -> int:
    """Return the maximum number of redirects. Raises ConfigError."""
    return checked_count(given, option="max_redirects")


def read_on_upload(given: ProgressCallback | None) -> ProgressCallback | None:
    """Return the function that is called with the progress. Raises ConfigError."""
    return checked_callback(given, option="on_upload")


read_retry: Final = partial(switch_model, RetryPolicy)
read_timeout: Final = partial(number_model, Timeout)
