from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import error_table, model_table, problems_of

WRONG = [
    (
        "errors",
        "[ReadError.fields.received_bytes]",
        "[ReadError.fields.class]",
        'spec/errors.toml [ReadError.fields.class]: "class" cannot be a name in Python',
    ),
    (
        "config",
        "[RedirectConfig.fields.follow]",
        "[RedirectConfig.fields._follow]",
        'spec/config.toml [RedirectConfig.fields._follow]: "_follow" cannot be a name in Python',
    ),
    (
        "config",
        "",
        model_table("ReadError", "size", "count", "default = 1"),
        "spec/errors.toml [ReadError]: this name is already declared in spec/config.toml",
    ),
    (
        "errors",
        "",
        error_table("UnicodeError", "HyperHTTPError"),
        "spec/errors.toml [UnicodeError]: this is the name of a builtin",
    ),
    (
        "config",
        'env = "TIMEOUT_READ"',
        'env = "TIMEOUT_CONNECT"',
        (
            'spec/config.toml [Timeout.fields.read]: env: "TIMEOUT_CONNECT" is already that of'
            " [Timeout.fields.connect]"
        ),
    ),
    (
        "config",
        'flags = ["-m", "--max-time"]',
        'flags = ["-k"]',
        (
            'spec/config.toml [TLSConfig.fields.verify]: flags: "-k" is already that of'
            " [Timeout.fields.total]"
        ),
    ),
    (
        "config",
        'flags = ["-m", "--max-time"]',
        'flags = ["--verify"]',
        (
            'spec/config.toml [Timeout.fields.total]: flags: "--verify" is already that of'
            " [TLSConfig.fields.verify]"
        ),
    ),
    (
        "config",
        'flags = ["-m", "--max-time"]',
        'no_flags = ["-m"]',
        'spec/config.toml [Timeout.fields.total]: no_flags: "seconds?" cannot be switched off',
    ),
    (
        "config",
        'env = "UDS"',
        "",
        (
            "spec/config.toml [ClientConfig.fields.uds]: flags: without env there is nothing to"
            " read by them"
        ),
    ),
    (
        "config",
        'type = "Timeout"',
        'type = "Timout"',
        (
            'spec/config.toml [ClientConfig.fields.timeout]: type: "Timout" is not a table of'
            ' config.toml. Did you mean "Timeout"?'
        ),
    ),
    (
        "errors",
        'type = "BaseResponse"',
        'type = "BaseRespons"',
        (
            'spec/errors.toml [HTTPStatusError.fields.response]: type: "BaseRespons" is not an'
            " object"
            ' of calls.toml. Did you mean "BaseResponse"?'
        ),
    ),
    (
        "response",
        'type = "Headers"',
        'type = "Header"',
        (
            'spec/response.toml [Request.fields.headers]: type: "Header" is not an object of'
            ' calls.toml. Did you mean "Headers"?'
        ),
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG)
def test_a_name_that_cannot_be_is_responded(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    assert said in problems_of(tmp_path, file, old, new)
