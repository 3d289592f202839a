from __future__ import annotations

from pathlib import Path

import pytest

from codegen.emit.command import CommandOption, command_options, emit
from codegen.load import load
from hyperhttp._cli._generated.command import COMMAND_GROUPS, COMMAND_OPTIONS
from tests.codegen.specs import real_spec, scratch_spec

OPTIONS = command_options(real_spec())
FIELDS = [
    pytest.param(field, id=field.env)
    for model in real_spec().config.values()
    for field in model.fields.values()
    if field.env
]


def option(name: str, options: list[CommandOption] = OPTIONS) -> CommandOption:
    (found,) = [one for one in options if one.names == (name,)]
    return found


@pytest.mark.parametrize("field", FIELDS)
def test_every_option_of_the_environment_has_its_flag(field: object) -> None:
    name = getattr(field, "env", "")
    own = f"--{name.lower().replace('_', '-')}"
    assert own in option(name).spellings or f"{own}-prior-knowledge" in option(name).spellings


def test_every_keyword_of_the_client_that_is_data_is_a_flag_of_the_same_name() -> None:
    spellings = {flag for one in OPTIONS for flag in one.spellings}
    spec = real_spec()
    for keyword, declared in spec.options_at("client").items():
        if declared.config and not (spec.config_field(declared.config).model):
            assert f"--{keyword.replace('_', '-')}" in spellings


def test_no_spelling_is_used_twice() -> None:
    spellings = [flag for one in OPTIONS for flag in one.spellings]
    assert len(spellings) == len(set(spellings)) > 80


@pytest.mark.parametrize(
    ("name", "flags", "switches"),
    [
        ("TIMEOUT_TOTAL", ("--timeout-total", "-m", "--max-time"), {}),
        (
            "FOLLOW_REDIRECTS",
            (),
            {
                "--follow-redirects": "true",
                "-L": "true",
                "--location": "true",
                "--no-follow-redirects": "false",
            },
        ),
        (
            "VERIFY",
            ("--verify", "--cacert"),
            {"--no-verify": "false", "-k": "false", "--insecure": "false"},
        ),
        (
            "HTTP2",
            (),
            {
                "--http2": "true",
                "--no-http2": "false",
                "--http2-prior-knowledge": "prior-knowledge",
            },
        ),
        ("RETRY", (), {"--retry": "true", "--no-retry": "false"}),
        ("RETRY_STATUSES", ("--retry-statuses",), {}),
    ],
)
def test_what_an_option_may_be_is_how_it_is_written(
    name: str, flags: tuple[str, ...], switches: dict[str, str]
) -> None:
    assert (option(name).flags, dict(option(name).switches)) == (flags, switches)


def test_the_words_are_those_of_the_environment_not_of_python() -> None:
    assert option("MAX_CONNECTIONS").allowed == "a whole number >= 1 or none"
    assert option("TIMEOUT_TOTAL").default == "none"
    assert option("VERIFY").default == "true"
    assert option("CERT_PASSWORD").default == ""
    assert option("RETRY_STATUSES").allowed == "status codes, with commas between"
    assert option("RETRY_STATUSES").metavar == "STATUS,..."


def test_one_option_sets_all_phases() -> None:
    (found,) = [one for one in OPTIONS if one.flags == ("--timeout",)]
    assert found.names == ("TIMEOUT_CONNECT", "TIMEOUT_READ", "TIMEOUT_WRITE", "TIMEOUT_POOL")


def test_the_module_says_what_the_spec_says() -> None:
    made: dict[str, object] = {"__name__": "made"}
    exec(emit(real_spec()), made)
    assert made["COMMAND_OPTIONS"] == COMMAND_OPTIONS
    assert [tuple(one.names) for one in COMMAND_OPTIONS] == [one.names for one in OPTIONS]
    assert list(COMMAND_GROUPS) == list(real_spec().config)


NEW = """
[RedirectConfig.fields.slowly]
type = "flag"
default = false
doc = "Take a rest."
why = "x."
env = "SLOWLY"
flags = ["-Z"]
no_flags = ["--fast"]
since = "0.2"
example = "Client()"
consumer = "hyperhttp._client.pipeline"
"""


def test_a_new_entry_of_the_spec_is_an_option(tmp_path: Path) -> None:
    spec = load(scratch_spec(tmp_path, "config", "", NEW))
    found = option("SLOWLY", command_options(spec))
    assert found.spellings == ("--slowly", "-Z", "--no-slowly", "--fast")
    assert (found.group, found.doc, found.default) == ("RedirectConfig", "Take a rest.", "false")
