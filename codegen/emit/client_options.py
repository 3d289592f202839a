"""`hyperhttp/_client/_generated/client_options.py`: how the options of a client become one configuration.

They are merged over a ClientConfig, once per client; what they mean is decided by hand-written
code.
"""

from __future__ import annotations

from collections.abc import Mapping

from codegen.emit import config
from codegen.emit.signatures import (
    client_parameters,
    input_modules,
    none_as_unset,
    option_allowed,
    option_doc,
    option_or_unset,
)
from codegen.ir import Spec
from codegen.tables import CallOption
from codegen.text import docstring, example_block, indented, opening, section
from codegen.types import quoted


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    annotations = [*client_parameters(spec), *live_arguments(spec).values()]
    runtime_config = {*_shorthands(spec).values()}
    typing_only = input_modules(spec, annotations)
    typing_only.get(config.MODELS, set()).difference_update(runtime_config)
    lines = [
        *opening(
            ["spec/calls.toml"],
            "How the options of a client become one configuration.",
            _runtime_imports(spec, runtime_config, annotations),
            typing_only,
            ["ClientOptionsBase"],
        ),
        *_client(spec),
        "",
        "",
        *_table(spec),
        *_guards(spec),
    ]
    return "\n".join(lines) + "\n"


def client_doc(spec: Spec, depth: int) -> list[str]:
    """The docstring of the client's `__init__`: each option."""
    arguments = [
        (name, option_doc(spec, option)) for name, option in spec.options_at("client").items()
    ]
    arguments.append(("config", "The configuration that the other options change."))
    return docstring(
        [
            spec.calls.client.doc,
            example_block(spec.calls.client.example),
            section("Args", arguments, depth),
            ["Raises:", *indented(["ConfigError when an option is not known or not allowed."])],
        ],
        depth,
    )


def _runtime_imports(
    spec: Spec, models: set[str], annotations: list[str]
) -> Mapping[str, set[str]]:
    names = {
        "abc": {"abstractmethod"},
        "typing": {"TYPE_CHECKING", "Final"},
        "hyperhttp._client._generated.calls": {"Calls"},
        "hyperhttp._client.option_merging": {"OptionTable", "merge"},
        "hyperhttp._base.checked": {"checked"},
        "hyperhttp._base.other_names": {"ClientNames"},
        "hyperhttp._base.unpicklable": {"Unpicklable"},
        config.MODELS: models,
        "hyperhttp._base.unset": {"INHERIT", "UNSET", "Unset"},
    }
    readers = {_reader(spec, model) for model in _shorthands(spec).values()}
    names["hyperhttp._base.config_model"] = readers
    if any("Literal[" in text for text in annotations):
        names["typing"].add("Literal")
    lives = [option.live for option in spec.options_at("client").values() if option.live]
    if lives:
        names["typing"].add("TypeGuard")
    if not all(live.function for live in lives):
        names["hyperhttp._client.option_merging"].add("is_instance_by_name")
    return names


def _shorthands(spec: Spec) -> dict[str, str]:
    """Return the options whose config field is a model that a plain value can replace."""
    found: dict[str, str] = {}
    switches = spec.switches()
    for name, option in spec.options_at("client").items():
        model = spec.config_field(option.config).model if option.config else ""
        if model and option.type and (spec.config[model].group or model in switches):
            found[name] = model
    return found


def _reader(spec: Spec, model: str) -> str:
    """The function that reads a model or the value that replaces it."""
    return "number_model" if spec.config[model].group else "switch_model"


def live_arguments(spec: Spec) -> dict[str, str]:
    """Return the further parameters of `_setup`: name and annotation."""
    live = {
        name: option_or_unset(spec, option)
        for name, option in spec.options_at("client").items()
        if not option.config
    }
    for option in spec.options_at("client").values():
        if option.live is not None:
            live[option.live.name] = f"{option.live.object} | None"
    return live


def _client(spec: Spec) -> list[str]:
    live = live_arguments(spec)
    setup = ", ".join(f"{name}: {kind}" for name, kind in live.items())
    body = [
        *docstring(
            ["Turns the options of a client into one configuration, and sets it up once."], 1
        ),
        "",
        "@abstractmethod",
        f"def _setup(self, config: {spec.root_config}, *, {setup}) -> None:",
        *indented(
            docstring(
                ["Make the client; `config` is whole and valid, the rest is as it was given."], 2
            )
        ),
        "",
        "@checked",
        f"def __init__({', '.join(client_parameters(spec))}) -> None:",
        *indented(client_doc(spec, 2)),
        *indented(_init_body(spec)),
    ]
    return ["class ClientOptionsBase(Calls, Unpicklable, ClientNames):", *indented(body)]


def _init_body(spec: Spec) -> list[str]:
    options = spec.options_at("client")
    lines: list[str] = []
    for name, option in options.items():
        if option.live is not None:
            lines += _live_lines(name, option)
    for name, model in _shorthands(spec).items():
        lines += [
            f"if {name} is not UNSET:",
            f"    {name} = {_reader(spec, model)}({model}, {name})",
        ]
    items = [f"{quoted(name)}: {name}," for name, option in options.items() if option.config]
    passed = ", ".join(f"{name}={name}" for name in live_arguments(spec))
    return [
        *none_as_unset(spec, options),
        "if config is None:",
        "    config = UNSET",
        *lines,
        "options: dict[str, object] = {",
        *indented(items),
        "}",
        "given = {name: value for name, value in options.items() if value is not UNSET}",
        f"self._setup(merge(config, given, _OPTIONS), {passed})",
    ]


def _live_lines(name: str, option: CallOption) -> list[str]:
    live = option.live
    if live is None:
        return []
    return [
        f"{live.name}: {live.object} | None = None",
        f"if _is_{live.name}({name}):",
        f"    {live.name}, {name} = {name}, UNSET",
    ]


def _guards(spec: Spec) -> list[str]:
    lines: list[str] = []
    for option in spec.options_at("client").values():
        live = option.live
        if live is None:
            continue
        where, what = spec.calls.objects[live.object].module, live.object
        lines += [
            "",
            "",
            f"def _is_{live.name}(value: object) -> TypeGuard[{what}]:",
            f"    return {_test(live.function, where, what)}",
        ]
    return lines


def _test(is_function: bool, where: str, what: str) -> str:
    if is_function:
        return "callable(value)"
    return f"is_instance_by_name(value, {quoted(where)}, {quoted(what)})"


def _table(spec: Spec) -> list[str]:
    paths: list[str] = []
    parts: list[str] = []
    allowed: list[str] = []
    for name, option in spec.options_at("client").items():
        if option.config:
            group, _, field = option.config.rpartition(".")
            paths.append(f"{quoted(name)}: ({quoted(group)}, {quoted(field)}),")
            if option.parts:
                parts.append(f"{quoted(name)}: ({', '.join(map(quoted, option.parts))},),")
            allowed.append(f"{quoted(name)}: {quoted(option_allowed(spec, option))},")
    return [
        "_OPTIONS: Final = OptionTable(",
        "    paths={",
        *indented(paths, 2),
        "    },",
        "    parts={",
        *indented(parts, 2),
        "    },",
        "    allowed={",
        *indented(allowed, 2),
        "    },",
        ")",
    ]
