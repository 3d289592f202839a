from __future__ import annotations

import hyperhttp
from codegen.emit.options import body_dicts, typed_dict
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


def test_each_body_has_a_typed_dict_in_which_it_is_required() -> None:
    spec = real_spec()
    assert body_dicts(spec).keys() == {
        "JSONOptions",
        "DataOptions",
        "FilesOptions",
        "ContentOptions",
    }
    for name, body in body_dicts(spec).items():
        kind = getattr(hyperhttp, name)
        keys = kind.__annotations__
        required = [key for key, given in keys.items() if "Required[" in given.__forward_arg__]
        assert required == [body]
        assert keys.keys() > RequestOptions.__annotations__.keys() | {"on_upload"}
    assert "data" in hyperhttp.FilesOptions.__annotations__
    assert "files" in hyperhttp.DataOptions.__annotations__


def test_every_key_has_its_doc_below_it() -> None:
    spec = real_spec()
    lines = typed_dict(spec, "X", "An X.", spec.options_at("request"))
    assert lines[0] == "class X(TypedDict, total=False):"
    at = lines.index("    timeout: TimeoutInput")
    assert lines[at + 1].startswith('    """Seconds for each phase')
