"""Parameters of the calls and of the client, for the code, the TypedDicts, stubs and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from codegen.emit import config
from codegen.emit.config_defaults import default_text
from codegen.ir import Spec
from codegen.tables import Call, CallOption, Level, Via
from codegen.types import NONE, WORD_IMPORTS


@dataclass(frozen=True, slots=True)
class Way:
    """How a call is performed: the method that takes its request, and its result."""

    hook: str
    """The client's method that takes the request; empty if the call returns the request."""
    returns: str
    is_async: bool
    result: str
    raises: str
    path: str = ""
    """The description of the path, if the second argument is one."""
    into: str = ""
    """The description of the type of the result, if it is a keyword of the call."""
    level: Level | None = None
    """The level of the options that only such calls have."""


WAYS: Final[Mapping[Via, Way]] = {
    "perform": Way(
        "_sent",
        "Response",
        True,
        "The response, as soon as its headers are received. Call `aread()` to read its body.",
        "ConfigError or InvalidURL before anything is sent. TransportError or TimeoutException if the"
        " request fails. TooManyRedirects. An error status doesn't raise: see"
        " `Response.raise_for_status`.",
    ),
    "build": Way(
        "",
        "Request",
        False,
        "The request, including the headers and options of the client.",
        "ConfigError or InvalidURL if an argument is invalid.",
    ),
    "stream": Way(
        "_streamed",
        "ResponseStream",
        False,
        "An object to use with `async with`, or to await, for the response.",
        "The errors of `request`, when it is entered or awaited.",
    ),
    "download": Way(
        "_downloaded",
        "Download",
        True,
        "The path of the complete file, and the last response.",
        "The errors of `get`. HTTPStatusError for an error status. DownloadError if the response has"
        " no file or it can't be written. DigestMismatch.",
        "The path of the file. An existing file is replaced once the download is complete.",
        level="download",
    ),
    "paginate": Way(
        "_paged",
        "Pages",
        False,
        "An async iterator over the responses of the pages, each with its body read.",
        "While you iterate: the errors of `get`, HTTPStatusError for an error status, and"
        " PaginationError for a page that was requested before or is on another origin.",
        level="pages",
    ),
    "fetch": Way(
        "_fetched",
        "T",
        True,
        "The body of the response as `into`. The response is closed.",
        "The errors of `request`. HTTPStatusError for a 4xx or 5xx status, whose `response` has been"
        " read. DecodeError if the body isn't JSON or doesn't match `into`.",
        into="The type of the result: any type that pydantic supports.",
    ),
}
URL_DOC: Final = "The URL. A relative URL is joined to `base_url`."
METHOD_DOC: Final = "The method. Registered methods such as `get` are sent in upper case."
DEFAULT_METHOD_DOC: Final = f"{METHOD_DOC} Defaults to GET."


def option_python(spec: Spec, option: CallOption) -> str:
    """Return the annotation of an option, without Unset."""
    return spec.option_type(option).python


def option_key(spec: Spec, option: CallOption) -> str:
    """Return the annotation of an option as a key of a TypedDict."""
    return _with_none(spec, option, option_python(spec, option))


def option_or_unset(spec: Spec, option: CallOption) -> str:
    """Return the annotation of an option that was read; None has a meaning if it is allowed."""
    return spec.option_type(option).or_unset


def option_parameter(spec: Spec, option: CallOption) -> str:
    """Return the annotation of an optional parameter."""
    return _with_none(spec, option, option_or_unset(spec, option))


def _with_none(spec: Spec, option: CallOption, annotation: str) -> str:
    return f"{annotation} | None" if spec.none_is_unset(option) else annotation


def none_as_unset(spec: Spec, options: Mapping[str, CallOption]) -> list[str]:
    """Return the lines that replace a None without a meaning by UNSET."""
    lines: list[str] = []
    for name, option in options.items():
        if spec.none_is_unset(option):
            lines += [f"if {name} is None:", f"    {name} = UNSET"]
    return lines


def option_doc(spec: Spec, option: CallOption) -> str:
    """Return the description of an option: doc, merge rule, unit and default."""
    parts = [spec.option_doc(option)]
    if option.merge and {"client", "request"} <= set(option.level):
        parts.append(option.merge)
    if option.config:
        field = spec.config_field(option.config)
        if field.none and not option.type:
            parts.append(f"If None: {field.none[0].lower()}{field.none[1:]}")
        if not field.model or field.is_switch:
            unit = f" {field.parsed.unit}" if field.parsed.unit and field.default != NONE else ""
            parts.append(f"Defaults to {default_text(field)}{unit}.")
    return " ".join(parts)


def option_allowed(spec: Spec, option: CallOption) -> str:
    """Return the allowed values of an option as text, from its own type or its config field."""
    if not option.type:
        return spec.config_field(option.config).allowed
    kind = spec.option_type(option)
    docs = [spec.calls.objects[name].doc for name in kind.names if name in spec.calls.objects]
    return docs[0] if docs else kind.allowed({})


def request_option_doc(spec: Spec, option: CallOption) -> str:
    """Return the description of an option of a request, which defaults to the client's value."""
    return spec.option_doc(option)


def keyword(spec: Spec, name: str, option: CallOption) -> str:
    """Return a parameter such as `timeout: TimeoutInput | Unset = INHERIT`."""
    return f"{name}: {option_parameter(spec, option)} = INHERIT"


def _overload_type(spec: Spec, option: CallOption, unset: str) -> str:
    """Return the annotation of a parameter in an overload (`docs/decisions/0023`)."""
    kind = spec.option_type(option)
    return option_parameter(spec, option).replace(kind.or_unset, kind.or_else(unset))


def leading(call: Call) -> list[str]:
    """Return the positional parameters of a call."""
    way = WAYS[call.via]
    path = ["path: PathInput"] if way.path else []
    return [*([] if call.method or way.into else ["method: MethodInput"]), "url: URLInput", *path]


def result_keywords(call: Call) -> list[str]:
    """Return the keywords of a call that returns a value of a type: the type and the method."""
    return ["into: TypeForm[T]", 'method: MethodInput = "GET"'] if WAYS[call.via].into else []


def argument_docs(call: Call) -> list[tuple[str, str]]:
    """Return the name and the description of each argument of a call that isn't an option."""
    way = WAYS[call.via]
    docs = [] if call.method or way.into else [("method", METHOD_DOC)]
    docs.append(("url", URL_DOC))
    if way.path:
        docs.append(("path", way.path))
    if way.into:
        docs += [("into", way.into), ("method", DEFAULT_METHOD_DOC)]
    return docs


def overloads(spec: Spec, call: Call, unset: str = "Inherit") -> Iterator[list[str]]:
    """Yield the parameter lists of a call that has a body.

    The first body is optional, and every other body has a list in which it is required. Two bodies
    that exclude each other are both in exactly one list, so that a checker names one of them.
    `unset` is the type of an absent option: `Unset` in protocols, because fakes have no other.
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
        # It can be UNSET as well, for wrappers that pass their own arguments on.
        apart = f"{unset} | None"
        later = {n: types[n] if name in bodies[n].beside else apart for n in rest[at + 1 :]}
        beside = [_given(n, kind) for n, kind in {**later, first: apart}.items()]
        yield [*start, f"{name}: {types[name]}", *beside]


def _given(name: str, annotation: str) -> str:
    return f"{name}: {annotation} = INHERIT"


def parameters(spec: Spec, call: Call) -> list[str]:
    """Return the parameter list of a call at run time."""
    options = call_options(spec, call)
    keywords = [keyword(spec, name, option) for name, option in options.items()]
    return ["self", *leading(call), "*", *result_keywords(call), *keywords]


def call_options(spec: Spec, call: Call) -> dict[str, CallOption]:
    """Return the options of a call, in order."""
    if call.body == "none":
        return {**spec.options_at("request"), **result_options(spec, call)}
    return {**spec.options_at("request"), **spec.options_at("upload"), **spec.options_at("body")}


def result_options(spec: Spec, call: Call) -> dict[str, CallOption]:
    """Return the options that determine how the response is used."""
    return way_options(spec, WAYS[call.via])


def way_options(spec: Spec, way: Way) -> dict[str, CallOption]:
    """Return the options that only calls of one way have."""
    return spec.options_at(way.level) if way.level else {}


def body_rule(spec: Spec) -> str:
    """Return the rule about bodies in one request, as text."""
    *names, last = [f"`{name}`" for name in spec.options_at("body")]
    apart = [
        f"`{name}` and `{other}` can be combined"
        for name, option in spec.options_at("body").items()
        for other in option.beside
    ]
    rule = f"You can pass at most one of {', '.join(names)} and {last}"
    return rule + "".join(f", but {exception}" for exception in apart)


def client_parameters(spec: Spec) -> list[str]:
    """Return the parameter list of the client."""
    options = spec.options_at("client")
    keywords = [keyword(spec, name, option) for name, option in options.items()]
    return ["self", "*", *keywords, f"config: {spec.root_config} | Unset | None = INHERIT"]


def option_default(spec: Spec, option: CallOption) -> str:
    """Return the default of an option of the client, as Python shows it."""
    return default_text(spec.config_field(option.config)) if option.config else option.default


def shown_client_parameters(spec: Spec) -> list[str]:
    """Return the parameter list of the client with real defaults, for the reference."""
    shown = ["*"]
    for name, option in spec.options_at("client").items():
        default = option_default(spec, option)
        annotation = option_key(spec, option)
        if default == "None" and "None" not in annotation and not _allows_none(spec, option):
            annotation = f"{annotation} | None"
        shown.append(f"{name}: {annotation} = {default}")
    return [*shown, f"config: {spec.root_config} | None = None"]


def _allows_none(spec: Spec, option: CallOption) -> bool:
    """Return True if an alias in the type of an option includes None."""
    objects = spec.calls.objects
    return any(n in objects and objects[n].none for n in spec.option_type(option).names)


def shown_parameters(spec: Spec, call: Call) -> list[str]:
    """Return the parameter list of a call for the reference; common options are one parameter."""
    own = result_options(spec, call) if call.body == "none" else spec.options_at("body")
    keywords = [f"{name}: {option_key(spec, option)}" for name, option in own.items()]
    result = result_keywords(call)
    apart = ["*"] if result or keywords else []
    optional = [f"{keyword} = UNSET" for keyword in keywords]
    return [*leading(call), *apart, *result, *optional, "**options: Unpack[RequestOptions]"]


def input_modules(spec: Spec, annotations: Iterable[str]) -> dict[str, set[str]]:
    """Return the modules of the names in annotations."""
    names = {name for text in annotations for name in re.findall(r"\b[A-Z]\w*\b", text)}
    found: dict[str, set[str]] = {}
    for name in names:
        if name in spec.calls.objects:
            found.setdefault(spec.calls.objects[name].module, set()).add(name)
        elif name in spec.config:
            found.setdefault(config.home(spec, name), set()).add(name)
        elif name == "AbstractSet":
            found.setdefault("collections.abc", set()).add("Set as AbstractSet")
        elif name in WORD_IMPORTS:
            found.setdefault(WORD_IMPORTS[name], set()).add(name)
    return found
