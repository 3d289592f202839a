from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import model_table, problems_of

WRONG = [
    (
        "values.https_only]\nvalue = true",
        "values.https_only]\nvalue = 5",
        "[ClientConfig.presets.hardened.values.https_only]: value: 5 is not True or False",
    ),
    (
        "values.https_only]",
        "values.http_only]",
        "[ClientConfig.presets.hardened.values.http_only]: 'http_only' is not a field",
    ),
    (
        'values."timeout.total"]',
        'values."timeouts.total"]',
        "[ClientConfig.presets.hardened.values.timeouts.total]: 'timeouts' is not a field",
    ),
    (
        "default = [429, 500, 502, 503, 504]",
        "default = [429, 429]",
        "[RetryPolicy.fields.statuses]: default: something is in it twice",
    ),
    (
        "default = [429, 500, 502, 503, 504]",
        "default = [42]",
        (
            "[RetryPolicy.fields.statuses]: default: 42 is out of bounds;"
            " it must be >= 100 and <= 999"
        ),
    ),
    (
        "default = [429, 500, 502, 503, 504]",
        "default = 503",
        (
            "[RetryPolicy.fields.statuses]: default: 503 is not"
            " a set of status codes >= 100 and <= 999"
        ),
    ),
    (
        "default = [429, 500, 502, 503, 504]",
        'default = ["503"]',
        "[RetryPolicy.fields.statuses]: default: '503' is not a status code >= 100 and <= 999",
    ),
    (
        "default = 65536",
        "default = [65536]",
        "[Limits.fields.max_head_bytes]: default: (65536,) is not a whole number of bytes >= 1024",
    ),
    (
        'default = ["PoolTimeout", "TransportError"]',
        'default = ["PoolTimout"]',
        (
            '[RetryPolicy.fields.errors]: default: "PoolTimout" is not an error.'
            ' Did you mean "PoolTimeout"?'
        ),
    ),
    (
        'type = "{status}"',
        'type = "{status}?"\nnone = "None."',
        "[RetryPolicy.fields.statuses]: type: a set has no alternatives; an empty one is none",
    ),
    (
        'type = "{status}"',
        'type = "{status} | flag"',
        "[RetryPolicy.fields.statuses]: type: a set has no alternatives; an empty one is none",
    ),
    (
        'type = "RetryPolicy?"\ndefault = "none"\n',
        'type = "RetryPolicy?"\n',
        '[ClientConfig.fields.retry]: default: a field that may hold a model is "none" by default',
    ),
    (
        'type = "CircuitBreakerPolicy?"',
        'type = "RetryPolicy?"',
        (
            "[ClientConfig.fields.circuit_breaker]:"
            " type: [RetryPolicy] is held by [ClientConfig.fields.retry] already"
        ),
    ),
    (
        'default = "none"\ndoc = "Limit for the whole',
        'default = 0\ndoc = "Limit for the whole',
        "[Timeout.fields.total]: default: 0 is out of bounds; it must be > 0",
    ),
    (
        "default = 65536",
        "default = 10",
        "[Limits.fields.max_head_bytes]: default: 10 is out of bounds; it must be >= 1024",
    ),
    (
        "default = 65536",
        'default = "many"',
        "[Limits.fields.max_head_bytes]: default: 'many' is not a whole number of bytes >= 1024",
    ),
    (
        "default = 256",
        "default = true",
        "[Limits.fields.max_head_fields]: default: True is not a whole number >= 1",
    ),
    (
        "default = 256",
        "default = 2.5",
        "[Limits.fields.max_head_fields]: default: 2.5 is not a whole number >= 1",
    ),
    (
        "default = false",
        'default = "no"',
        "[RedirectConfig.fields.follow]: default: 'no' is not True or False",
    ),
    (
        "default = 65536\n",
        "",
        '[Limits.fields.max_head_bytes]: the key "default" is missing ("none" means None)',
    ),
    (
        'type = "Timeout"',
        'type = "Timeout"\ndefault = 5',
        "[ClientConfig.fields.timeout]: default: a field that is a model takes its default from it",
    ),
    (
        'none = "The whole request has no limit."\n',
        "",
        '[Timeout.fields.total]: the key "none" is missing: describe the meaning of None',
    ),
    (
        "default = false",
        'default = false\nnone = "Never."',
        '[RedirectConfig.fields.follow]: none: "flag" does not allow None; end the type with "?"',
    ),
    (
        "default = false",
        "default = false\nbounds = { ge = 1 }",
        '[RedirectConfig.fields.follow]: bounds: "flag" is not a number',
    ),
    (
        'positional = "phases"',
        'positional = "phase"',
        '[Timeout]: positional: no field is in the group "phase". Did you mean "phases"?',
    ),
    (
        "default = false",
        'default = false\ngroup = "x"',
        '[RedirectConfig]: group: "x" is not the positional group of this table',
    ),
    (
        'error = "TotalTimeout"',
        'error = "TotalTimout"',
        (
            '[Timeout.fields.total]: error: "TotalTimout" is not an error.'
            ' Did you mean "TotalTimeout"?'
        ),
    ),
    (
        'see = ["max_redirects"]',
        'see = ["max_redirect"]',
        (
            '[RedirectConfig.fields.follow]: see: "max_redirect" is not an option.'
            ' Did you mean "max_redirects"?'
        ),
    ),
    (
        'needs = ["cert"]',
        'needs = ["cart"]',
        (
            '[TLSConfig.fields.cert_key]: needs: "cart" is not another option of TLSConfig.'
            ' Did you mean "cert"?'
        ),
    ),
    (
        'needs = ["cert"]',
        'needs = ["cert_key"]',
        '[TLSConfig.fields.cert_key]: needs: "cert_key" is not another option of TLSConfig.',
    ),
    (
        'excludes = ["local_address"]',
        'excludes = ["timeout"]',
        '[ClientConfig.fields.uds]: excludes: "timeout" is not another option of ClientConfig.',
    ),
    (
        'type = "TLSConfig"',
        'type = "TLSConfig"\nneeds = ["uds"]',
        "[ClientConfig.fields.tls]: needs: a field that is a model has none",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_an_option_that_does_not_fit_is_responded(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    found = problems_of(tmp_path, "config", old, new)
    assert any(line.startswith(f"spec/config.toml {said}") for line in found), found


def test_models_that_hold_each_other_are_responded_with_the_circle(tmp_path: Path) -> None:
    circle = model_table("Ping", "other", "Pong") + model_table("Pong", "other", "Ping")
    found = problems_of(tmp_path, "config", "[ClientConfig]\n", f"{circle}[ClientConfig]\n")
    assert "spec/config.toml [Ping]: the models hold each other: Ping -> Pong -> Ping" in found


def test_two_models_that_hold_others_are_responded(tmp_path: Path) -> None:
    other = model_table("OtherConfig", "timeout", "Timeout")
    found = problems_of(tmp_path, "config", "", other)
    text = "exactly one table must hold the others; found ClientConfig, OtherConfig"
    assert f"spec/config.toml: {text}" in found


def test_a_model_below_its_holder_is_responded(tmp_path: Path) -> None:
    late = model_table("Late", "size", "count", "default = 1")
    use = late.replace("[Late", "[ClientConfig").replace("size", "late")
    use = use[use.index("[ClientConfig.fields") :].replace('"count"', '"Late"')
    found = problems_of(tmp_path, "config", "", late + use.replace("default = 1\n", ""))
    assert found == [
        "spec/config.toml [ClientConfig.fields.late]: type: [Late] must be above [ClientConfig]"
    ]
