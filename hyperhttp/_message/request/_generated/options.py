# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
"""The options of one request, as a record, and as the attributes of a `Request`."""

from __future__ import annotations

from abc import ABCMeta
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from hyperhttp._base.unset import UNSET
from hyperhttp._message.request._generated.fields import RequestFields
from hyperhttp._message.request.option_attributes import RECORD_SLOT, option_attributes

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._base._generated.config import RetryPolicy, Timeout
    from hyperhttp._base.option_checks import SentCookies
    from hyperhttp._base.unset import Unset
    from hyperhttp._message.request.auth import RequestAuth
    from hyperhttp._message.request.progress import ProgressCallback

__all__ = ["NOT_GIVEN", "OptionAttributes", "OptionValues", "options_of"]


class OptionValues:
    """The options of one request; never changed once a request has it."""

    __slots__ = (
        "auth",
        "follow_redirects",
        "max_redirects",
        "on_upload",
        "retry",
        "sent_cookies",
        "timeout",
    )

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
    ) -> None:
        self.sent_cookies: SentCookies | None = sent_cookies
        self.timeout: Timeout | None = timeout
        self.follow_redirects: bool | None = follow_redirects
        self.max_redirects: int | None = max_redirects
        self.auth: RequestAuth | Unset | None = auth
        self.retry: RetryPolicy | Unset | None = retry
        self.on_upload: ProgressCallback | None = on_upload

    def copy(self) -> OptionValues:
        """Return a copy, to be changed before a request has it."""
        return OptionValues(
            sent_cookies=self.sent_cookies,
            timeout=self.timeout,
            follow_redirects=self.follow_redirects,
            max_redirects=self.max_redirects,
            auth=self.auth,
            retry=self.retry,
            on_upload=self.on_upload,
        )

    def for_redirect(self) -> OptionValues:
        """Return the options that the request of a redirect keeps."""
        return OptionValues(
            timeout=self.timeout,
            follow_redirects=self.follow_redirects,
            max_redirects=self.max_redirects,
            on_upload=self.on_upload,
        )

    def __reduce__(self) -> tuple[object, ...]:
        # The others can't be pickled, or are secret.
        return _restore, (
            self.timeout,
            self.follow_redirects,
            self.max_redirects,
        )


NOT_GIVEN: Final = OptionValues()
"""The record of a request without options, shared by all of them."""


@option_attributes(
    "sent_cookies", "timeout", "follow_redirects", "max_redirects", "auth", "retry", "on_upload"
)
class OptionAttributes(RequestFields, metaclass=ABCMeta):
    """The options of one request, as attributes that may be assigned."""

    # By name: a checker would take the attributes for slots that are missing from a list.
    __slots__ = RECORD_SLOT

    _options: OptionValues
    sent_cookies: SentCookies | None
    """The cookies of this request only, which are sent only to its own host."""
    timeout: Timeout | None
    """The timeout of this request. None uses the client's timeout."""
    follow_redirects: bool | None
    """True if redirects are followed. None uses the client's setting."""
    max_redirects: int | None
    """The maximum number of redirects. None uses the client's setting."""
    auth: RequestAuth | Unset | None
    """The authentication of this request. UNSET uses the client's, None disables it."""
    retry: RetryPolicy | Unset | None
    """The retry policy of this request. UNSET uses the client's, None disables retries."""
    on_upload: ProgressCallback | None
    """The function that is called with the progress of the upload."""


options_of: Final[Callable[[OptionAttributes], OptionValues]] = attrgetter(RECORD_SLOT[0])
"""Return the record of a request; `NOT_GIVEN` if it has no options."""


def _restore(
    timeout: Timeout | None, follow_redirects: bool | None, max_redirects: int | None
) -> OptionValues:
    return OptionValues(
        timeout=timeout, follow_redirects=follow_redirects, max_redirects=max_redirects
    )
