"""What every peer of `tests/client/test_guide_peers.py` answers on the same paths.

/json /text /large.bin /empty     a small JSON object, two lines, LARGE_BODY, 204
/gzip                             LONG_TEXT, compressed
/missing /broken                  404 and 503 with a line of text
/redirect /redirect-307 /loop     302 to /json, 307 to /mirror, 302 to itself
/set-cookie /cookie-field         sets session=abc; the Cookie field as it came
/args /x-test                     the query, and the X-Test field, as they came
/mirror                           the method, a space, the body
/close                            an answer after which the connection closes
"""

from __future__ import annotations

import hashlib

JSON_TEXT = '{"id": 7, "name": "hyper"}'
TEXT = "first line\nsecond line\n"
MISSING = "no such thing"
BROKEN = "try later"
CLOSING = "closing"
SET_COOKIE = "session=abc; Path=/"
LONG_TEXT = "a line of text\n" * 1000
# 256 KiB in which no block is like another: a lost, doubled or swapped piece is seen.
LARGE_BODY = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(8192))
