from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import problems_of

WRONG = [
    (
        "response",
        "status = [200, 299]\n",
        "",
        '[Response.fields.is_success]: status: a range, for fields of kind "derived" and no others',
    ),
    (
        "response",
        "status = [200, 299]",
        "status = [299, 200]",
        "[Response.fields.is_success]: status: [299, 200] is empty",
    ),
    (
        "response",
        'header = "ETag"\n',
        "",
        '[Response.fields.etag]: header: a name, for fields of kind "parsed" and no others',
    ),
    (
        "response",
        'type = "moment?"',
        'type = "moment"',
        (
            "[Response.fields.last_modified]: type: a parsed field can be None; end the type with "
            '"?", or declare with "empty" the value without a header'
        ),
    ),
    (
        "response",
        'type = "moment?"',
        'type = "moment?"\nempty = "no date"',
        (
            "[Response.fields.last_modified]: empty: for parsed fields that are never None, and no"
            " others"
        ),
    ),
    (
        "calls",
        'config = "pool.max_connections"',
        'config = "pool.max_conections"',
        (
            '[options.max_connections]: config: "max_conections" is not a field of PoolConfig.'
            ' Did you mean "max_connections"?'
        ),
    ),
    (
        "calls",
        'config = "redirects.follow"',
        'config = "redirect.follow"',
        (
            '[options.follow_redirects]: config: "redirect" is not a field of ClientConfig.'
            ' Did you mean "redirects"?'
        ),
    ),
    (
        "calls",
        'parts = ["cert", "cert_key"',
        'parts = ["cert_key"',
        '[options.cert]: parts: the first part is the field of "config", "cert"',
    ),
    (
        "calls",
        'parts = ["cert", "cert_key"',
        'parts = ["cert", "cert_kay"',
        (
            '[options.cert]: parts: "cert_kay" is not a field beside "cert".'
            ' Did you mean "cert_key"?'
        ),
    ),
    (
        "calls",
        'parts = ["cert", "cert_key"',
        'parts = ["cert", "verify"',
        '[options.cert]: parts: "verify" may be left out, so None must be allowed',
    ),
    (
        "calls",
        'type = "ParamsInput"\n',
        "",
        '[options.params]: the key "type" is missing, and there is no "config"',
    ),
    (
        "calls",
        'type = "ParamsInput"',
        'type = "ParamInput"',
        (
            '[options.params]: type: "ParamInput" is not an object, nor a config model.'
            ' Did you mean "ParamsInput"?'
        ),
    ),
    (
        "calls",
        'live = { object = "SSLContext"',
        'live = { object = "SSLContex"',
        '[options.verify]: live: "SSLContex" is not an object. Did you mean "SSLContext"?',
    ),
    (
        "calls",
        'level = ["body"]',
        'level = ["body", "client"]',
        '[options.json]: level: "body" can\'t be combined',
    ),
    (
        "calls",
        'level = ["upload"]',
        'level = ["upload", "request"]',
        '[options.on_upload]: level: "upload" can\'t be combined',
    ),
    (
        "calls",
        'beside = ["data"]',
        'beside = ["dta"]',
        '[options.files]: beside: "dta" is not another body. Did you mean "data"?',
    ),
    (
        "calls",
        'beside = ["data"]',
        'beside = ["files"]',
        '[options.files]: beside: "files" is not another body.',
    ),
    (
        "calls",
        'level = ["upload"]',
        'level = ["upload"]\nbeside = ["json"]',
        '[options.on_upload]: beside: only for options of level "body"',
    ),
    (
        "calls",
        "[options.params]",
        "[options.url]",
        "[options.url]: every call has a parameter of this name",
    ),
    (
        "calls",
        'typed_dict = "JSONOptions"',
        "",
        '[options.json]: typed_dict: a name, for options of level "body" and no others',
    ),
    (
        "calls",
        'calls = ["request"]',
        'calls = ["requst"]',
        '[protocols.Requester]: calls: "requst" is not a call. Did you mean "request"?',
    ),
    (
        "calls",
        'calls = ["request"]',
        "calls = []",
        "[protocols.Requester]: a protocol without calls and methods is of no use",
    ),
    (
        "calls",
        'takes = "Request"',
        'takes = "Requst"',
        '[protocols.Sender]: methods: "Requst" is not an object. Did you mean "Request"?',
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG)
def test_a_field_or_option_that_is_not_whole_is_responded(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    assert f"spec/{file}.toml {said}" in problems_of(tmp_path, file, old, new)
