from __future__ import annotations

from codegen.emit.options import typed_dict
from hyperhttp._client._generated.options import ClientOptions, RequestOptions
from tests.codegen.specs import real_spec


def test_the_keys_are_the_options_of_each_level() -> None:
    spec = real_spec()
    assert list(RequestOptions.__annotations__) == list(spec.options_at("request"))
    assert list(ClientOptions.__annotations__) == [*spec.options_at("client"), "config"]


def test_every_key_may_be_left_out() -> None:
    assert not RequestOptions.__required_keys__
    assert not ClientOptions.__required_keys__
    assert RequestOptions.__optional_keys__


def test_every_key_has_its_doc_below_it() -> None:
    spec = real_spec()
    lines = typed_dict(spec, "X", "An X.", spec.options_at("request"))
    assert lines[0] == "class X(TypedDict, total=False):"
    at = lines.index("    timeout: TimeoutInput")
    assert lines[at + 1].startswith('    """Seconds for each phase')
