from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp import UNSET, BasicAuth, Client, ConfigError, RetryPolicy, Timeout
from hyperhttp._client import option_readers
from hyperhttp._client.option_readers import read_auth, read_cookies, read_retry, read_timeout

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_is_given_becomes_what_is_stored() -> None:
    assert isinstance(read_auth(("ann", "secret")), BasicAuth)
    assert read_auth(None) is None
    assert read_cookies([("a", "b")]) == {"a": "b"}
    assert read_retry(True) == RetryPolicy()
    assert read_retry(False) is None
    assert read_timeout(5.0) == Timeout(5.0)


@pytest.mark.parametrize("reader", option_readers.__all__)
def test_a_wrong_value_names_the_option(reader: str) -> None:
    read: Callable[[object], object] = getattr(option_readers, reader)
    with pytest.raises(ConfigError) as caught:
        read(b"\0")
    assert caught.value.option == reader.removeprefix("read_")


async def test_the_client_stores_each_option_that_is_given() -> None:
    async with Client() as client:
        request = client.build_request(
            "POST",
            "https://example.com/",
            cookies={"a": "b"},
            timeout=5.0,
            follow_redirects=True,
            max_redirects=3,
            auth=None,
            retry=True,
            on_upload=print,
        )
        plain = client.build_request("GET", "https://example.com/")
    assert request.sent_cookies == {"a": "b"}
    assert (request.timeout, request.follow_redirects) == (Timeout(5.0), True)
    assert (request.max_redirects, request.auth) == (3, None)
    assert (request.retry, request.on_upload) == (RetryPolicy(), print)
    assert (plain.auth, plain.retry, plain.timeout) == (UNSET, UNSET, None)
