# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from abc import ABCMeta

from hyperhttp._base._generated.config import RetryPolicy, Timeout
from hyperhttp._base.option_checks import SentCookies
from hyperhttp._base.unset import Unset
from hyperhttp._message.request._generated.fields import RequestFields
from hyperhttp._message.request.auth import RequestAuth
from hyperhttp._message.request.progress import ProgressCallback

class OptionAttributes(RequestFields, metaclass=ABCMeta):
    sent_cookies: SentCookies | None
    timeout: Timeout | None
    follow_redirects: bool | None
    max_redirects: int | None
    auth: RequestAuth | Unset | None
    retry: RetryPolicy | Unset | None
    on_upload: ProgressCallback | None
