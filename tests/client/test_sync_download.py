"""Downloads of a synchronous client; how they resume is tested with `download`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import MockResponse, MockTransport, SyncClient, SyncDownload, SyncResponse

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://example.com/file"


def test_a_download_is_complete_or_leaves_no_file(tmp_path: Path) -> None:
    transport = MockTransport({"GET /file": b"content", "GET /none": MockResponse(404)})
    with SyncClient(transport=transport) as client:
        done = client.download(URL, tmp_path / "file")
        assert isinstance(done, SyncDownload)
        assert isinstance(done.response, SyncResponse)
        assert (done.path.read_bytes(), done.size_bytes, done.resumed_bytes) == (b"content", 7, 0)
        with pytest.raises(hyperhttp.ClientStatusError):
            client.download("https://example.com/none", tmp_path / "none")
        with pytest.raises(hyperhttp.DigestMismatch):
            client.download(URL, tmp_path / "other", digest="md5:" + "0" * 32)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
