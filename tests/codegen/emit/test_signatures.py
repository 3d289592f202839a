from __future__ import annotations

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
from tests.codegen.specs import real_spec


def test_a_keyword_may_be_left_out_and_none_stands_last() -> None:
    options = real_spec().calls.options
    assert keyword(real_spec(), "timeout", options["timeout"]) == (
        "timeout: TimeoutInput | Unset = UNSET"
    )
    assert keyword(real_spec(), "max_connections", options["max_connections"]) == (
        "max_connections: int | Unset | None = UNSET"
    )


def test_each_overload_takes_at_most_one_body_and_what_may_stand_beside_it() -> None:
    spec = real_spec()
    bodies = set(spec.options_at("body"))
    taken = [
        [word for word in signature if word.partition(":")[0] in bodies]
        for signature in overloads(spec, spec.calls.calls["post"])
    ]
    assert taken == [
        [],
        ["json: JSONInput | Unset"],
        ["data: DataInput | Unset | None", "files: FilesInput | Unset | None = UNSET"],
        ["files: FilesInput | Unset | None"],
        ["content: ContentInput | Unset | None"],
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
        "At most one of `json`, `data`, `files` and `content` may be given;"
        " `files` may stand beside `data`"
    )


def test_a_call_with_any_method_takes_it_first() -> None:
    spec = real_spec()
    assert parameters(spec, spec.calls.calls["request"])[1:3] == ["method: str", "url: URLInput"]
    assert parameters(spec, spec.calls.calls["get"])[1] == "url: URLInput"


def test_the_client_takes_a_configuration_last() -> None:
    assert client_parameters(real_spec())[-1] == "config: ClientConfig | Unset | None = UNSET"


def test_a_doc_has_unit_default_and_how_values_merge() -> None:
    options = real_spec().calls.options
    assert option_doc(real_spec(), options["keepalive_expiry"]).endswith("Default: 120.0 seconds.")
    assert "replaces that of the client" in option_doc(real_spec(), options["headers"])


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
