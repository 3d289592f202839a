from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import problems_of

WRONG = [
    (
        'bases = ["TimeoutException", "ReadError"]',
        'bases = ["TimeoutExeption", "ReadError"]',
        '[ReadTimeout]: base "TimeoutExeption" is not an error. Did you mean "TimeoutException"?',
    ),
    (
        'bases = ["HyperHTTPError", "builtins:TimeoutError"]',
        'bases = ["HyperHTTPError", "builtins:TimeoutErorr"]',
        '[TimeoutException]: base "builtins:TimeoutErorr" is not a builtin exception',
    ),
    (
        '[TransportError]\nbases = ["HyperHTTPError"]',
        '[TransportError]\nbases = ["DNSError"]',
        (
            "[TransportError]: its bases run in a circle:"
            " TransportError -> DNSError -> ConnectError -> TransportError"
        ),
    ),
    (
        '[TransportError]\nbases = ["HyperHTTPError"]',
        '[TransportError]\nbases = ["Exception"]',
        "exactly one error must derive from Exception; found HyperHTTPError, TransportError",
    ),
    (
        '[ReadError]\nbases = ["TransportError"]',
        '[ReadError]\nbases = ["WriteError"]',
        '[ReadError]: base "WriteError" must be above it in the file',
    ),
    (
        'bases = ["TimeoutException", "ReadError"]',
        'bases = ["HyperHTTPError", "ReadError"]',
        "[ReadTimeout]: Python finds no order for these bases; list the nearest first",
    ),
    (
        "[ReadError.fields.received_bytes]",
        "[ReadError.fields.request]",
        '[ReadError.fields.request]: "request" is what every error has; choose another name',
    ),
    (
        '[ReadTimeout.fields.detail]\ntype = "text"',
        '[ReadTimeout.fields.detail]\ntype = "text?"',
        '[ReadTimeout.fields.detail]: type: it is "text" in TransportError; keep it',
    ),
    (
        "cannot resolve [{host}",
        "cannot resolve [{hst}",
        '[DNSError]: message: "hst" is not an attribute. Did you mean "host"?',
    ),
    (
        "request failed[: {url}]",
        "the request failed: {url}",
        '[HyperHTTPError]: message: "url" may be None; put it in brackets',
    ),
    (
        "request failed[: {url}]",
        "request failed[ again]",
        "[HyperHTTPError]: message: a part in brackets has no attribute, so it is always used",
    ),
    (
        'context = { request = "response.request"',
        'context = { request = "respnse.request"',
        (
            '[HTTPStatusError]: context.request: "respnse.request" does not begin with an'
            ' attribute. Did you mean "response"?'
        ),
    ),
    (
        "except hyperhttp.StreamReset as error:",
        "except hyperhttp.ReadError as error:",
        '[StreamReset]: scenario: it has no "except hyperhttp.StreamReset as error:"',
    ),
    (
        "        print(error)\n'''",
        "        print(error.hint)\n'''",
        '[HyperHTTPError]: scenario: it has no "print(error)"',
    ),
    (
        "retryable_if = { is_unprocessed =",
        "retryable_if = { is_unprocesed =",
        (
            '[ReadError]: retryable_if: "is_unprocesed" is not a flag of its fields. '
            'Did you mean "is_unprocessed"?'
        ),
    ),
    (
        'type = "bytes"\ndefault = 0',
        'type = "bytes"\ndefault = "much"',
        "[ReadError.fields.received_bytes]: default: 'much' is not a whole number of bytes",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_an_error_that_cannot_be_is_responded(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    found = problems_of(tmp_path, "errors", old, new)
    assert any(line.removeprefix("spec/errors.toml").lstrip(": ") == said for line in found), found


@pytest.mark.parametrize("foreign", ["socket:gaieror", "sokcet:x", "gaierror", "builtins:int"])
def test_a_mapped_error_that_does_not_exist_is_named(tmp_path: Path, foreign: str) -> None:
    (found,) = problems_of(tmp_path, "errors", "socket:gaierror", foreign)
    assert found == f'spec/errors.toml [DNSError]: maps: "{foreign}" is not an exception'
