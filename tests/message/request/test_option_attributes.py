from __future__ import annotations

import copy
import pickle

from hyperhttp import UNSET, Request, RetryPolicy, Timeout
from hyperhttp._message.headers.headers import Headers
from hyperhttp._message.request._generated.options import NOT_GIVEN, OptionValues
from hyperhttp._message.request.request import request_of_redirect
from hyperhttp._message.url.url import URL


def test_a_plain_request_shares_one_record() -> None:
    one, other = (Request("GET", "https://example.com/") for _ in range(2))
    assert one.timeout is None
    assert one.auth is UNSET
    one.timeout = Timeout(5.0)
    assert one.timeout == Timeout(5.0)
    assert other.timeout is None
    assert NOT_GIVEN.timeout is None


def test_each_attribute_may_be_assigned_again() -> None:
    request = Request("GET", "https://example.com/")
    request.retry = RetryPolicy()
    request.retry = None
    request.follow_redirects = True
    assert (request.retry, request.follow_redirects) == (None, True)


def test_a_redirect_and_a_pickle_keep_what_the_spec_lists() -> None:
    request = Request("GET", "https://example.com/")
    request.timeout, request.retry, request.on_upload = Timeout(5.0), None, print
    request.sent_cookies = {"a": "b"}
    following = request_of_redirect(request, "GET", URL("https://other.example/"), Headers(), None)
    assert (following.timeout, following.on_upload) == (Timeout(5.0), print)
    assert (following.retry, following.sent_cookies) == (UNSET, None)
    made = pickle.loads(pickle.dumps(request))
    assert (made.timeout, made.sent_cookies) == (Timeout(5.0), None)
    assert (made.retry, made.on_upload) == (UNSET, None)


def test_a_copy_keeps_every_option() -> None:
    request = Request("GET", "https://example.com/")
    request.timeout, request.retry, request.on_upload = Timeout(5.0), None, print
    request.sent_cookies = {"a": "b"}
    for made in (copy.copy(request), copy.deepcopy(request)):
        assert (made.timeout, made.sent_cookies) == (Timeout(5.0), {"a": "b"})
        assert (made.retry, made.on_upload) == (None, print)


def test_the_record_pickles_with_every_protocol() -> None:
    values = OptionValues(max_redirects=3)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(values, protocol)).max_redirects == 3
