from __future__ import annotations

from pathlib import Path

import pytest

from codegen.diagnostics import SpecError
from codegen.load import load
from tests.codegen.specs import problems_of, scratch_spec

WRONG_SHAPES = [
    (
        "config",
        'type = "seconds?"',
        'type = "secnds?"',
        (
            'spec/config.toml [Timeout.fields.total]: type: "secnds" is not a type word.'
            ' Did you mean "seconds"?'
        ),
    ),
    (
        "config",
        'why = "Large',
        'wy = "Large',
        'spec/config.toml [Timeout.fields.total]: unknown key "wy". Did you mean "why"?',
    ),
    (
        "config",
        'doc = "Time limits of the phases',
        'dok = "Time limits of the phases',
        'spec/config.toml [Timeout]: the key "doc" is missing',
    ),
    (
        "config",
        'since = "0.1"',
        'since = "soon"',
        "spec/config.toml [Timeout]: since: string should match pattern",
    ),
    (
        "config",
        "bounds = { ge = 1024 }",
        "bounds = { gee = 1024 }",
        'spec/config.toml [Limits.fields.max_head_bytes]: unknown key "gee". Did you mean "ge"?',
    ),
    (
        "config",
        'env = "TIMEOUT_TOTAL"',
        'env = "timeout-total"',
        "spec/config.toml [Timeout.fields.total]: env: string should match pattern",
    ),
    (
        "errors",
        'phase = "connect"',
        'phase = "conect"',
        (
            'spec/errors.toml [ConnectError]: phase: "conect" is not one of build, pool, dns,'
            ' connect, tls, write, read, decode, redirect, total. Did you mean "connect"?'
        ),
    ),
    (
        "errors",
        'retryable = "always"',
        'retryable = "allways"',
        (
            'spec/errors.toml [ConnectError]: retryable: "allways" is not one of never, if_unsent,'
            ' if_idempotent, always. Did you mean "always"?'
        ),
    ),
    (
        "errors",
        'hint = "Check the host and',
        'hnt = "Check the host and',
        'spec/errors.toml [ConnectError]: unknown key "hnt". Did you mean "hint"?',
    ),
    (
        "errors",
        'doc = "The host that the client tried to connect to."',
        'doc = ""',
        "spec/errors.toml [ConnectError.fields.host]: doc: it is empty",
    ),
    (
        "errors",
        'message = "request failed[: {url}]"',
        'message = "request failed[: {url}"',
        'spec/errors.toml [HyperHTTPError]: message: a "[" has no "]"',
    ),
    (
        "response",
        'kind = "stored"',
        'kind = "storred"',
        (
            'spec/response.toml [Request.fields.method]: kind: "storred" is not one of stored,'
            ' lazy, derived, parsed. Did you mean "stored"?'
        ),
    ),
    (
        "response",
        'in = "text/html"',
        'inn = "text/html"',
        'spec/response.toml [Response.fields.content_type]: unknown key "inn". Did you mean "in"?',
    ),
    (
        "headers",
        'kinds = ["body"]',
        'kinds = ["bodey"]',
        (
            'spec/headers.toml [headers.Content-Digest]: kinds: "bodey" is not one of sensitive,'
            " body, framing, connection-specific, managed, reserved, varying."
            ' Did you mean "body"?'
        ),
    ),
    (
        "calls",
        "peers = { httpx = ",
        "peers = { httx = ",
        (
            'spec/calls.toml [options.base_url]: peers: "httx" is not one of httpx, aiohttp,'
            ' requests, hyperhttp_2. Did you mean "httpx"?'
        ),
    ),
    (
        "config",
        'default_from = "idempotent_methods"',
        'default_from = "idempotent_method"',
        (
            'spec/config.toml [RetryPolicy.fields.methods]: default_from: "idempotent_method" is'
            ' not one of idempotent_methods. Did you mean "idempotent_methods"?'
        ),
    ),
    (
        "vocabulary",
        "idempotent = true",
        "idempotant = true",
        'spec/vocabulary.toml [methods.GET]: unknown key "idempotant". Did you mean "idempotent"?',
    ),
    (
        "calls",
        'via = "perform"',
        'via = "preform"',
        (
            'spec/calls.toml [calls.get]: via: "preform" is not one of perform, build, stream,'
            " download, paginate, fetch."
            ' Did you mean "perform"?'
        ),
    ),
    (
        "calls",
        'level = ["client"]',
        'level = ["cliant"]',
        (
            'spec/calls.toml [options.base_url]: level: "cliant" is not one of client, request,'
            ' upload, body, download, pages. Did you mean "client"?'
        ),
    ),
    (
        "calls",
        "",
        '[optoins.x]\nlevel = ["client"]',
        'spec/calls.toml [optoins]: unknown key "optoins". Did you mean "options"?',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG_SHAPES)
def test_a_wrong_table_is_responded_with_file_table_key_and_the_nearest_name(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    found = problems_of(tmp_path, file, old, new)
    assert any(line.startswith(said) for line in found), found


def test_a_table_declared_twice_is_named(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "errors", "[ReadError]", "[ConnectError]")
    assert found.startswith("spec/errors.toml [ConnectError]: this name is declared twice (line ")


def test_a_key_given_twice_is_named(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "errors", "[ReadError]", '[ReadError]\nphase = "read"')
    assert found.startswith("spec/errors.toml: a key is given twice (line ")
    assert 'phase = "read"' in found


def test_what_is_not_toml_is_responded_with_the_line(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "calls", "[calls.get]", "[calls.get")
    assert found.startswith("spec/calls.toml: this is not TOML: ")
    assert "line " in found


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    directory = scratch_spec(tmp_path, "errors", "", "")
    (directory / "response.toml").unlink()
    with pytest.raises(SpecError, match=r"^spec/response.toml: the file is missing$"):
        load(directory)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    scratch_spec(tmp_path, "config", 'type = "seconds?"', 'type = "secnds?"')
    path = tmp_path / "errors.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('phase = "dns"', 'phase = "dn"'))
    with pytest.raises(SpecError) as caught:
        load(tmp_path)
    assert [problem.file for problem in caught.value.problems] == [
        "spec/config.toml",
        "spec/errors.toml",
    ]
