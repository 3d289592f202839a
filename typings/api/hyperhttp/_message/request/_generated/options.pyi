# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from abc import ABCMeta
from typing import Final

from hyperhttp._base._generated.config import RetryPolicy, Timeout
from hyperhttp._base.option_checks import SentCookies
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.request._generated.fields import RequestFields
from hyperhttp._message.request.auth import RequestAuth
from hyperhttp._message.request.progress import ProgressCallback

class OptionValues:
    sent_cookies: SentCookies | None
    timeout: Timeout | None
    follow_redirects: bool | None
    max_redirects: int | None
    auth: RequestAuth | Unset | None
    retry: RetryPolicy | Unset | None
    on_upload: ProgressCallback | None

    def __init__(
        self,
        *,
        sent_cookies: SentCookies | None = None,
        timeout: Timeout | None = None,
        follow_redirects: bool | None = None,
        max_redirects: int | None = None,
        auth: RequestAuth | Unset | None = UNSET,
        retry: RetryPolicy | Unset | None = UNSET,
        on_upload: ProgressCallback | None = None,
    ) -> None: ...
    def copy(self) -> OptionValues: ...
    def for_redirect(self) -> OptionValues: ...
    def __reduce__(self) -> tuple[object, ...]: ...

NOT_GIVEN: Final = OptionValues()

class OptionAttributes(RequestFields, metaclass=ABCMeta):
    sent_cookies: SentCookies | None
    timeout: Timeout | None
    follow_redirects: bool | None
    max_redirects: int | None
    auth: RequestAuth | Unset | None
    retry: RetryPolicy | Unset | None
    on_upload: ProgressCallback | None
