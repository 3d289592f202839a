from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from codegen.emit.signatures import (
    body_rule,
    client_parameters,
    input_modules,
    keyword,
    option_doc,
    overloads,
    parameters,
)
from tests.codegen.specs import ROOT, real_spec


def test_a_keyword_may_be_left_out_and_none_stands_last() -> None:
    options = real_spec().calls.options
    assert keyword(real_spec(), "timeout", options["timeout"]) == (
        "timeout: TimeoutInput | Unset = INHERIT"
    )
    assert keyword(real_spec(), "max_connections", options["max_connections"]) == (
        "max_connections: int | Unset | None = INHERIT"
    )


def test_each_overload_takes_one_body_what_may_stand_beside_it_and_names_the_others() -> None:
    spec = real_spec()
    bodies = set(spec.options_at("body"))
    taken = [
        [word for word in signature if word.partition(":")[0] in bodies]
        for signature in overloads(spec, spec.calls.calls["post"])
    ]
    assert taken == [
        ["json: JSONInput | Inherit = INHERIT"],
        [
            "data: DataInput | Inherit | None",
            "files: FilesInput | Inherit | None = INHERIT",
            "content: Inherit | None = INHERIT",
            "json: Inherit | None = INHERIT",
        ],
        [
            "files: FilesInput | Inherit | None",
            "content: Inherit | None = INHERIT",
            "json: Inherit | None = INHERIT",
        ],
        ["content: ContentInput | Inherit | None", "json: Inherit | None = INHERIT"],
    ]


def test_what_goes_with_a_body_is_taken_by_each_overload_and_by_no_call_without_one() -> None:
    spec = real_spec()
    for name, call in spec.calls.calls.items():
        each = [*overloads(spec, call), parameters(spec, call)]
        takes = [any(word.startswith("on_upload:") for word in words) for words in each]
        assert takes[-1] is (call.body == "optional"), name
        assert takes[-1] is False or all(takes), name


def test_which_bodies_go_together_is_said_in_words() -> None:
    assert body_rule(real_spec()) == (
        "You can pass at most one of `json`, `data`, `files` and `content`,"
        " but `files` and `data` can be combined"
    )


def test_a_call_with_any_method_takes_it_first() -> None:
    spec = real_spec()
    assert parameters(spec, spec.calls.calls["request"])[1:3] == [
        "method: MethodInput",
        "url: URLInput",
    ]
    assert parameters(spec, spec.calls.calls["get"])[1] == "url: URLInput"


def test_the_client_takes_a_configuration_last() -> None:
    assert client_parameters(real_spec())[-1] == "config: ClientConfig | Unset | None = INHERIT"


def test_a_doc_has_unit_default_and_how_values_merge() -> None:
    options = real_spec().calls.options
    assert option_doc(real_spec(), options["keepalive_expiry"]).endswith(
        "Defaults to 120.0 seconds."
    )
    assert "replaces the client's header" in option_doc(real_spec(), options["headers"])


@pytest.mark.parametrize(
    ("annotations", "modules"),
    [
        (["int | None"], {}),
        (["URLInput"], {"hyperhttp._message.url.url": {"URLInput"}}),
        (["Limits | Unset"], {"hyperhttp._base._generated.config": {"Limits"}}),
        (["bool | Path"], {"pathlib": {"Path"}}),
    ],
)
def test_names_in_annotations_are_traced_to_their_modules(
    annotations: list[str], modules: dict[str, set[str]]
) -> None:
    assert input_modules(real_spec(), annotations) == modules


# Wrong calls, and the name that the first line of a checker must contain for each.
WRONG_CALLS = {
    "await client.post('/', timeout='5')": "timeout",
    "await client.post('/', json={}, timeout='5')": "timeout",
    "await client.post('/', json={}, headers={'a': b'x'})": "headers",
    "await client.post('/', json={'a': {1}})": "json",
    "await client.post('/', content=5)": "content",
    "await client.post('/', json={}, data={})": "json",
    "await client.post('/', files={}, content=b'')": "content",
    "await client.get('/', parms={})": "parms",
    "await client.fetch('/', into=int, timeout='5')": "timeout",
    "await client.fetch('/', into=int, json={}, data={})": "json",
    "await client.fetch('/', into=int, content=5)": "content",
    "Request('GET', '/', content=5)": "content",
    "Request('GET', '/', json={}, data={})": "json",
    "Response.create(Request('GET', '/'), headers=5)": "headers",
    "Response.create(Request('GET', '/'), json={}, content=b'')": "content",
    "MockResponse(delay_s='1')": "delay_s",
    "MockResponse(200, content=5)": "content",
    "MockResponse(200, json={}, text='')": "json",
}
# Misspelled names of a call with a body: mypy names them, below that it lists the overloads.
MISSPELLED = {
    "await client.post('/', jsn={})": "jsn",
    "await client.fetch('/', into=int, jsn={})": "jsn",
    "Request('GET', '/', jsn={})": "jsn",
    "Response.create(Request('GET', '/'), jsn={})": "jsn",
    "MockResponse(200, jsn={})": "jsn",
}


def messages(directory: Path, checker: str, calls: Iterable[str]) -> list[str]:
    """What a checker prints for each wrong call, the path of the file left out."""
    module = directory / "wrong.py"
    start = ["from hyperhttp import Client, MockResponse, Request, Response"]
    start += ["async def main(client: Client) -> None:"]
    lines = [f"    {call}" for call in calls]
    module.write_text("\n".join([*start, *lines]) + "\n")
    commands = {
        "mypy": [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")],
        "basedpyright": [
            str(Path(sys.executable).parent / "basedpyright"),
            "--pythonpath",
            sys.executable,
        ],
    }
    done = subprocess.run(
        [*commands[checker], str(module)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    found: dict[int, str] = {}
    number = 0
    for line in done.stdout.splitlines():
        place = re.match(r"\s*\S+wrong\.py:(\d+)(?::\d+)?(?:: | - )(.*)", line)
        if place:
            number = int(place[1])
        found[number] = f"{found.get(number, '')}{place[2] if place else line}\n"
    return [found.get(at, "") for at in range(3, 3 + len(lines))]


@pytest.mark.slow
@pytest.mark.timeout(150)
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_a_checker_names_the_wrong_argument_in_its_first_line_and_is_short(
    tmp_path: Path, checker: str
) -> None:
    printed = messages(tmp_path, checker, WRONG_CALLS)
    for (call, name), text in zip(WRONG_CALLS.items(), printed, strict=True):
        first = text.partition("\n")[0]
        assert text, call
        assert len(text) < 1500, call
        # mypy prints the entry of a dict display instead of the argument.
        assert f'"{name}"' in first or first.startswith("error: Dict entry 0"), text


@pytest.mark.slow
@pytest.mark.timeout(150)
def test_mypy_names_a_misspelled_option_in_its_first_line(tmp_path: Path) -> None:
    printed = messages(tmp_path, "mypy", MISSPELLED)
    for (call, name), text in zip(MISSPELLED.items(), printed, strict=True):
        first = text.partition("\n")[0]
        assert f'"{name}"' in first, call
        assert 'did you mean "json"?' in first, call


@pytest.mark.slow
@pytest.mark.timeout(150)
def test_basedpyright_is_short_for_a_misspelled_option(tmp_path: Path) -> None:
    for text in messages(tmp_path, "basedpyright", MISSPELLED):
        assert "No overloads" in text
        assert len(text) < 300
