"""Pages of a list in a synchronous client; which request follows is tested with `paginate`."""

from __future__ import annotations

import pytest

import hyperhttp
from hyperhttp import MockResponse, MockTransport, SyncClient

URL = "https://example.com/users"


def linked() -> MockTransport:
    def reply(request: hyperhttp.testing.MockRequest) -> MockResponse:
        page = int(dict(request.url.params).get("page", "1"))
        headers = {"Link": f'<?page={page + 1}>; rel="next"'} if page < 3 else {}
        return MockResponse(json={"page": page}, headers=headers)

    return MockTransport(reply)


def test_pages_follow_the_link_header() -> None:
    with SyncClient(transport=linked()) as client:
        pages = client.paginate(URL)
        assert [page.json()["page"] for page in pages] == [1, 2, 3]
        assert [*pages.into(dict[str, int])] == [{"page": n} for n in (1, 2, 3)]


def test_a_cursor_gets_responses_of_the_client() -> None:
    def cursor(response: hyperhttp.SyncResponse) -> dict[str, str] | None:
        page = response.json(dict[str, int])["page"]
        return {"page": str(page + 1)} if page < 2 else None

    with SyncClient(transport=linked()) as client:
        assert [page.json()["page"] for page in client.paginate(URL, cursor=cursor)] == [1, 2]


def test_an_error_and_a_loop_end_it() -> None:
    with SyncClient(transport=MockTransport(MockResponse(500))) as client:
        with pytest.raises(hyperhttp.ServerStatusError):
            list(client.paginate(URL))
    loop = MockTransport(MockResponse(json=1, headers={"Link": '</users>; rel="next"'}))
    with SyncClient(transport=loop) as client, pytest.raises(hyperhttp.PaginationError):
        list(client.paginate(URL))
