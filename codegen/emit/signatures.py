"""Parameters of the calls and of the client: shared by the code, the TypedDicts, stubs and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from codegen.emit.config_defaults import default_text
from codegen.ir import Spec
from codegen.tables import Call, CallOption, Level, Via
from codegen.types import NONE, WORD_IMPORTS


@dataclass(frozen=True, slots=True)
class Way:
    """How a call is carried out: what its request is handed to, and what comes back."""

    hook: str
    """The client's method that takes the request; empty where the request is what comes back."""
    returns: str
    is_async: bool
    result: str
    raises: str
    path: str = ""
    """What the second argument is, a path, where there is one."""
    into: str = ""
    """What the type of the result is, where a keyword of the call gives it."""
    level: Level | None = None
    """The level of the options that only this way takes."""


WAYS: Final[Mapping[Via, Way]] = {
    "perform": Way(
        "_sent",
        "Response",
        True,
        "The response as soon as its head is there; the body is read when you ask for it.",
        "ConfigError or InvalidURL before anything is sent; TransportError or TimeoutException when the"
        " exchange fails; TooManyRedirects. An error status is not an error by itself: see"
        " `Response.raise_for_status`.",
    ),
    "build": Way(
        "",
        "Request",
        False,
        "The request, with everything the client adds to it.",
        "ConfigError or InvalidURL when it cannot be made.",
    ),
    "stream": Way(
        "_streamed",
        "ResponseStream",
        False,
        "What can be used with `async with`, or awaited, for the response.",
        "As `request`, when it is entered or awaited.",
    ),
    "download": Way(
        "_downloaded",
        "Download",
        True,
        "The file in its place, whole, and the last response.",
        "As `get`; besides, HTTPStatusError for an error status, DownloadError when there is no file to"
        " be had or it cannot be written, and DigestMismatch.",
        "Where the file is to lie; it is replaced in one step, once the new one is whole.",
        level="download",
    ),
    "paginate": Way(
        "_paged",
        "Pages",
        False,
        "An async iterator over the responses of the pages, each with its body read.",
        "While you iterate: as `get`; besides, HTTPStatusError for an error status, and PaginationError"
        " for a page that leads in a loop or to another origin.",
        level="pages",
    ),
    "fetch": Way(
        "_fetched",
        "T",
        True,
        "The body of the response as `into`; the response is closed.",
        "As `request`; besides, HTTPStatusError for a 4xx or 5xx, whose `response` has been read, and"
        " DecodeError if the body isn't JSON or doesn't match `into`.",
        into="The type of the result: any type that pydantic supports.",
    ),
}
URL_DOC: Final = "Where to; a relative one is joined to `base_url`."
METHOD_DOC: Final = "The method; registered ones such as `get` are sent in upper case."
DEFAULT_METHOD_DOC: Final = f"{METHOD_DOC} Defaults to GET."


def option_python(spec: Spec, option: CallOption) -> str:
    """The annotation of an option, without Unset."""
    return spec.option_type(option).python


def option_key(spec: Spec, option: CallOption) -> str:
    """The annotation of an option as a key of a TypedDict."""
    return _with_none(spec, option, option_python(spec, option))


def option_or_unset(spec: Spec, option: CallOption) -> str:
    """The annotation of an option that was read: None has a meaning if it is allowed."""
    return spec.option_type(option).or_unset


def option_parameter(spec: Spec, option: CallOption) -> str:
    """The annotation of a parameter that need not be given."""
    return _with_none(spec, option, option_or_unset(spec, option))


def _with_none(spec: Spec, option: CallOption, annotation: str) -> str:
    return f"{annotation} | None" if spec.none_is_unset(option) else annotation


def none_as_unset(spec: Spec, options: Mapping[str, CallOption]) -> list[str]:
    """The lines after which None is left only where it has a meaning."""
    lines: list[str] = []
    for name, option in options.items():
        if spec.none_is_unset(option):
            lines += [f"if {name} is None:", f"    {name} = UNSET"]
    return lines


def option_doc(spec: Spec, option: CallOption) -> str:
    """What an option is: doc, how it merges, unit and default."""
    parts = [spec.option_doc(option)]
    if option.merge and {"client", "request"} <= set(option.level):
        parts.append(option.merge)
    if option.config:
        field = spec.config_field(option.config)
        if field.none and not option.type:
            parts.append(f"None: {field.none[0].lower()}{field.none[1:]}")
        if not field.model or field.is_switch:
            unit = f" {field.parsed.unit}" if field.parsed.unit and field.default != NONE else ""
            parts.append(f"Default: {default_text(field)}{unit}.")
    return " ".join(parts)


def option_allowed(spec: Spec, option: CallOption) -> str:
    """What may be given for an option, in words: by its own type, or that of its config field."""
    if not option.type:
        return spec.config_field(option.config).allowed
    kind = spec.option_type(option)
    docs = [spec.calls.objects[name].doc for name in kind.names if name in spec.calls.objects]
    return docs[0] if docs else kind.allowed({})


def request_option_doc(spec: Spec, option: CallOption) -> str:
    """What an option of a request is; when it is not given, the client's value holds."""
    return spec.option_doc(option)


def keyword(spec: Spec, name: str, option: CallOption) -> str:
    """`timeout: TimeoutInput | Unset = INHERIT`."""
    return f"{name}: {option_parameter(spec, option)} = INHERIT"


def _overload_type(spec: Spec, option: CallOption, unset: str) -> str:
    """The annotation of a parameter in an overload (`docs/decisions/0023`)."""
    kind = spec.option_type(option)
    return option_parameter(spec, option).replace(kind.or_unset, kind.or_else(unset))


def leading(call: Call) -> list[str]:
    """The positional parameters of a call."""
    way = WAYS[call.via]
    path = ["path: PathInput"] if way.path else []
    return [*([] if call.method or way.into else ["method: MethodInput"]), "url: URLInput", *path]


def result_keywords(call: Call) -> list[str]:
    """The keywords of a call that returns a value of a type: the type, and the method."""
    return ["into: TypeForm[T]", 'method: MethodInput = "GET"'] if WAYS[call.via].into else []


def argument_docs(call: Call) -> list[tuple[str, str]]:
    """The name and the description of each argument of a call that is no option."""
    way = WAYS[call.via]
    docs = [] if call.method or way.into else [("method", METHOD_DOC)]
    docs.append(("url", URL_DOC))
    if way.path:
        docs.append(("path", way.path))
    if way.into:
        docs += [("into", way.into), ("method", DEFAULT_METHOD_DOC)]
    return docs


def overloads(spec: Spec, call: Call, unset: str = "Inherit") -> Iterator[list[str]]:
    """The parameter lists of a call that takes a body.

    The first body may be left out, every other one has a list in which it is required. Two bodies
    that exclude each other are both in exactly one list, so that a checker names one of them.
    `unset` is the type of what isn't given: `Unset` in protocols, whose fakes know no other.
    """
    others = {**spec.options_at("request"), **spec.options_at("upload")}
    common = [_given(n, _overload_type(spec, option, unset)) for n, option in others.items()]
    positional = [one if unset == "Unset" else f"{one} | NoOther[Never]" for one in leading(call)]
    start = ["self", *positional, "*", *result_keywords(call), *common]
    bodies = spec.options_at("body")
    types = {name: _overload_type(spec, option, unset) for name, option in bodies.items()}
    first, *rest = bodies
    yield [*start, _given(first, types[first])]
    for at, name in enumerate(rest):
        # It may be UNSET as well, for wrappers that hand on what they were given.
        apart = f"{unset} | None"
        later = {n: types[n] if name in bodies[n].beside else apart for n in rest[at + 1 :]}
        beside = [_given(n, kind) for n, kind in {**later, first: apart}.items()]
        yield [*start, f"{name}: {types[name]}", *beside]


def _given(name: str, annotation: str) -> str:
    return f"{name}: {annotation} = INHERIT"


def parameters(spec: Spec, call: Call) -> list[str]:
    """The parameter list of a call as it runs."""
    options = call_options(spec, call)
    keywords = [keyword(spec, name, option) for name, option in options.items()]
    return ["self", *leading(call), "*", *result_keywords(call), *keywords]


def call_options(spec: Spec, call: Call) -> dict[str, CallOption]:
    """The options that a call takes, in order."""
    if call.body == "none":
        return {**spec.options_at("request"), **result_options(spec, call)}
    return {**spec.options_at("request"), **spec.options_at("upload"), **spec.options_at("body")}


def result_options(spec: Spec, call: Call) -> dict[str, CallOption]:
    """The options that say what is to become of the answer."""
    return way_options(spec, WAYS[call.via])


def way_options(spec: Spec, way: Way) -> dict[str, CallOption]:
    """The options that only one way takes."""
    return spec.options_at(way.level) if way.level else {}


def body_rule(spec: Spec) -> str:
    """Which bodies may be given together, in words."""
    *names, last = [f"`{name}`" for name in spec.options_at("body")]
    apart = [
        f"`{name}` may stand beside `{other}`"
        for name, option in spec.options_at("body").items()
        for other in option.beside
    ]
    return f"At most one of {', '.join(names)} and {last} may be given" + "".join(
        f"; {exception}" for exception in apart
    )


def client_parameters(spec: Spec) -> list[str]:
    """The parameter list of the client."""
    options = spec.options_at("client")
    keywords = [keyword(spec, name, option) for name, option in options.items()]
    return ["self", "*", *keywords, f"config: {spec.root_config} | Unset | None = INHERIT"]


def input_modules(spec: Spec, annotations: Iterable[str]) -> dict[str, set[str]]:
    """Where the names in annotations come from."""
    names = {name for text in annotations for name in re.findall(r"\b[A-Z]\w*\b", text)}
    found: dict[str, set[str]] = {}
    for name in names:
        if name in spec.calls.objects:
            found.setdefault(spec.calls.objects[name].module, set()).add(name)
        elif name in spec.config:
            found.setdefault("hyperhttp._base._generated.config", set()).add(name)
        elif name == "AbstractSet":
            found.setdefault("collections.abc", set()).add("Set as AbstractSet")
        elif name in WORD_IMPORTS:
            found.setdefault(WORD_IMPORTS[name], set()).add(name)
    return found
