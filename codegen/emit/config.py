"""`config.py` and `client_config.py` in `hyperhttp/_base/_generated`: the frozen pydantic models.

The model of a client imports the others.

Each field has its bounds, and its doc twice: as a docstring for editors and as a description for
the JSON Schema. For a single doc, pydantic would have to read its own source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.emit import presets
from codegen.emit.config_defaults import default_text, literal, ordered
from codegen.ir import Spec
from codegen.tables import ConfigModel, OptionField
from codegen.text import docstring, example_block, header, imports, indented
from codegen.types import WORD_IMPORTS, WORDS, Atom, Word, quoted

MODULE: Final = "hyperhttp.config"
# The hand-written checks of single values.
VALUES: Final = "hyperhttp._base.option_values"
MODELS: Final = "hyperhttp._base._generated.config"
ROOT_MODEL: Final = "hyperhttp._base._generated.client_config"


def emit(spec: Spec) -> str:
    """Return the module of all models but that of a client, unformatted."""
    models = {name: model for name, model in spec.config.items() if name != spec.root_config}
    doc = "The models that the configuration of a client consists of, frozen and validated."
    return _module(spec, models, doc)


def emit_root(spec: Spec) -> str:
    """Return the module of the configuration of a client, unformatted."""
    models = {spec.root_config: spec.config[spec.root_config]}
    return _module(spec, models, "The configuration of a client, frozen and validated.")


def _module(spec: Spec, models: Mapping[str, ConfigModel], doc: str) -> str:
    lines = [
        header("spec/config.toml").rstrip(),
        f'"""{doc}"""',
        "",
        "from __future__ import annotations",
        "",
        *imports(_imports(spec, models)),
        "",
        "__all__ = [",
        *indented(f"{quoted(name)}," for name in sorted(models)),
        "]",
        "",
        *_aliases(models),
    ]
    for name, model in models.items():
        lines += ["", "", *_model(spec, name, model)]
    names = "".join(f"{name}, " for name in models)
    lines += [
        "",
        "",
        "# Tracebacks, repr and pickle name the public module. pydantic looks names up in this one while",
        "# the classes are created, so it is set only now.",
        f"for _model in ({names}):",
        f"    _model.__module__ = {quoted(MODULE)}",
    ]
    return "\n".join(lines) + "\n"


def home(spec: Spec, name: str) -> str:
    """Return the module of a model."""
    return ROOT_MODEL if name == spec.root_config else MODELS


def class_doc(model: ConfigModel) -> list[str | list[str]]:
    """Return the docstring of a model."""
    return [model.doc, example_block(model.example)]


def field_doc(field: OptionField) -> str:
    """Return the description of a field in one paragraph: doc, unit, None, default and reason."""
    parts = [field.doc]
    if field.parsed.unit:
        parts.append(f"In {field.parsed.unit}.")
    if field.none:
        parts.append(f"If None: {field.none[0].lower()}{field.none[1:]}")
    parts.append(f"Defaults to {default_text(field)}. {field.why}")
    return " ".join(parts)


def init_parameters(model: ConfigModel) -> list[str]:
    """Return the parameters of `__init__` at run time; a positional group is first."""
    parameters: list[str] = []
    if model.group:
        parameters += [f"{model.positional}: {model.group_field.parsed.or_unset} = UNSET", "/"]
    parameters.append("*")
    for name, field in model.fields.items():
        if name in model.group:
            parameters.append(f"{name}: {field.parsed.or_unset} = UNSET")
        else:
            parameters.append(f"{name}: {field.parsed.python} = {default_text(field)}")
    return parameters


def shown_parameters(model: ConfigModel) -> list[str]:
    """Return the parameters for checkers, editors and the reference, with real defaults."""
    positional = model.group_field if model.group else None
    first = [f"{model.positional}: {_accepted(positional)} = ...", "/"] if positional else []
    fields = [f"{n}: {_accepted(f)} = {default_text(f)}" for n, f in model.fields.items()]
    return [*first, "*", *fields]


def _accepted(field: OptionField) -> str:
    """Return the annotation of a parameter; a path can be text."""
    return field.parsed.annotation(_accepted_atom)


def _accepted_atom(atom: Atom) -> str:
    if atom.kind == "word" and atom.value == "path":
        return "str | PathLike[str]"
    if atom.is_set:
        return f"AbstractSet[{_plain(atom)}]"
    return WORDS[atom.value].python if atom.kind == "word" else atom.value


def shorthand_allowed(name: str, model: ConfigModel) -> str:
    """Return the values that `Model.of` accepts, as text."""
    field = model.group_field
    parts = [field.allowed.removesuffix(" or None"), *(["None"] if field.parsed.optional else [])]
    return f"{', '.join(parts)} or {name}(...)"


def _imports(spec: Spec, models: Mapping[str, ConfigModel]) -> Mapping[str, set[str]]:
    names: dict[str, set[str]] = {
        "collections.abc": {"Mapping"},
        "os": {"PathLike"},
        "typing": {"TYPE_CHECKING", "Annotated", "ClassVar", "TypeAlias"},
        "pydantic": {"Field"},
    }
    used = _used(models)
    if not any(word == "path" for word in used):
        del names["os"]
    for word in used.values():
        if word.python in WORD_IMPORTS:
            names.setdefault(WORD_IMPORTS[word.python], set()).add(word.python)
        if word.checked_by:
            names["pydantic"].add(_validator(word))
            names.setdefault(VALUES, set()).add(f"check_{word.checked_by}")
    fields = [field for model in models.values() for field in model.fields.values()]
    if any(field.parsed.literals for field in fields):
        names["typing"].add("Literal")
    if any(field.parsed.is_set for field in fields):
        names["collections.abc"].add("Set as AbstractSet")
        names["pydantic"].add("PlainSerializer")
    if spec.root_config in models:
        names["hyperhttp._base._generated.env_names"] = {"ENV_NAMES"}
        names["hyperhttp._base.config_sources"] = {"ConfigRoot"}
        names[MODELS] = {field.model for field in fields if field.model}
    else:
        names["hyperhttp._base.config_model"] = {_base(spec, name) for name in models}
    if any(model.presets for model in models.values()):
        names["typing"].add("Self")
    if any(model.group for model in models.values()):
        names["hyperhttp._base.checked"] = {"checked"}
        names["hyperhttp._base.unset"] = {"UNSET", "Unset"}
    return names


def _base(spec: Spec, name: str) -> str:
    """The hand-written base class of a model."""
    if name == spec.root_config:
        return "ConfigRoot"
    if spec.config[name].group:
        return "NumberModel"
    return "SwitchModel" if name in spec.switches() else "ConfigModel"


def _validator(word: Word) -> str:
    """A check is of text; it comes first if pydantic creates a value of another type."""
    return "AfterValidator" if word.python == "str" else "BeforeValidator"


def _used(models: Mapping[str, ConfigModel]) -> dict[str, Word]:
    used = {
        name: WORDS[name]
        for model in models.values()
        for field in model.fields.values()
        for name in field.parsed.word_names
    }
    return dict(sorted(used.items()))


def _alias_name(word: str) -> str:
    return WORDS[word].alias or "".join(part.capitalize() for part in word.split("_"))


def _aliases(models: Mapping[str, ConfigModel]) -> list[str]:
    lines: list[str] = []
    for name, word in _used(models).items():
        if word.is_closed:
            continue
        # Strict: "5" is not a number of seconds, and True is not a count.
        facts = [] if word.python in WORD_IMPORTS else ["strict=True"]
        if word.is_secret:
            facts += ["strict=True", "min_length=1"]
        if word.python == "float":
            facts.append("allow_inf_nan=False")
        if word.pattern:
            facts.append(f"pattern=r{quoted(word.pattern).replace(chr(92) * 2, chr(92))}")
        parts = [word.python, *([f"Field({', '.join(facts)})"] if facts else [])]
        if word.checked_by:
            parts.append(f"{_validator(word)}(check_{word.checked_by})")
        lines.append(f"{_alias_name(name)}: TypeAlias = Annotated[{', '.join(parts)}]")
    return [*lines, "", ""]


def _annotation(field: OptionField) -> str:
    if field.parsed.is_set:
        return _set_annotation(field)
    return field.parsed.annotation(_atom)


def _set_annotation(field: OptionField) -> str:
    """A set in no order to be relied on, but dumped to JSON always in the same."""
    (atom,) = field.parsed.atoms
    bounds = ", ".join(f"{sign}={limit}" for sign, limit in field.limits.items())
    item = f"Annotated[{_alias_name(atom.value)}, Field({bounds})]" if bounds else _atom(atom)
    listed = "list[str]" if WORDS[atom.value].is_closed else f"list[{_plain(atom)}]"
    dumped = f'PlainSerializer(sorted, return_type={listed}, when_used="json")'
    return f"Annotated[AbstractSet[{item}], {dumped}]"


def _plain(atom: Atom) -> str:
    return WORDS[atom.value].python


def _atom(atom: Atom) -> str:
    if atom.kind == "name":
        return atom.value
    return _alias_name(atom.value)


def _model(spec: Spec, name: str, model: ConfigModel) -> list[str]:
    body = [
        *docstring(class_doc(model), 1),
        "",
        "_allowed: ClassVar[Mapping[str, str]] = {",
        *indented(f"{quoted(n)}: {quoted(field.allowed)}," for n, field in model.fields.items()),
        "}",
        *_rules(model),
        *_shorthand(spec, name, model),
    ]
    for field_name, field in model.fields.items():
        body += ["", *_field(field_name, field)]
    for method in presets.methods(spec, name):
        body += ["", *method]
    body += ["", "if TYPE_CHECKING:", *indented(_shown_init(model))]
    if model.group:
        body += ["", "else:", "", *indented(_init(model))]
    return [f"class {name}({_base(spec, name)}, frozen=True):", *indented(body)]


def _shorthand(spec: Spec, name: str, model: ConfigModel) -> list[str]:
    """The class variables that the base class of a model needs besides the fields."""
    switch = spec.switches().get(name, "")
    option = name.lower() if model.group else switch
    lines = [f"_option: ClassVar[str] = {quoted(option)}"] if option else []
    if model.group:
        lines.append(f"_shorthand: ClassVar[str] = {quoted(shorthand_allowed(name, model))}")
    if name == spec.root_config:
        lines.append("_env_names = ENV_NAMES")
    return lines


def _rules(model: ConfigModel) -> list[str]:
    """Return the rules between fields, and the names of the fields with secrets."""
    fields = model.fields.items()
    secrets = [quoted(name) for name, field in fields if field.is_secret]
    needs = [f"({quoted(n)}, {quoted(other)})," for n, f in fields for other in f.needs]
    excludes = [f"({quoted(n)}, {quoted(other)})," for n, f in fields for other in f.excludes]
    lines = [f"_secrets: ClassVar[frozenset[str]] = frozenset({{{', '.join(secrets)}}})"]
    pairs = "ClassVar[tuple[tuple[str, str], ...]]"
    return [
        *(lines if secrets else ()),
        *([f"_needs: {pairs} = (", *indented(needs), ")"] if needs else ()),
        *([f"_excludes: {pairs} = (", *indented(excludes), ")"] if excludes else ()),
    ]


def _field(name: str, field: OptionField) -> list[str]:
    # A factory, because creating a model builds its validators, which would slow down the import.
    is_made = bool(field.model) and not field.is_switch
    facts = [f"default_factory={field.model}" if is_made else f"default={default_text(field)}"]
    if field.parsed.is_set:
        facts.append(
            f'json_schema_extra={{"default": [{", ".join(map(literal, ordered(field)))}]}}'
        )
    else:
        facts += [f"{sign}={limit}" for sign, limit in field.limits.items()]
    if field.private:
        facts.append("repr=False")
    facts.append(f"description={quoted(field.doc)}")
    return [
        f"{name}: {_annotation(field)} = Field({', '.join(facts)})",
        *docstring([field_doc(field)], 1),
    ]


def _shown_init(model: ConfigModel) -> list[str]:
    return [
        f"def __init__(self, {', '.join(shown_parameters(model))}) -> None:",
        *indented([*docstring(class_doc(model), 2), "..."]),
    ]


def _init(model: ConfigModel) -> list[str]:
    group = model.group
    fallbacks = [
        f"    {name} = {model.positional} if {name} is UNSET else {name}" for name in group
    ]
    items = ", ".join(f"{quoted(name)}: {name}" for name in model.fields)
    return [
        "@checked",
        f"def __init__(self, {', '.join(init_parameters(model))}) -> None:",
        *indented(docstring([f"`{model.positional}` is the default of {_listed(group)}."], 2)),
        *fallbacks,
        f"    given: dict[str, object] = {{{items}}}",
        "    super().__init__(**{name: value for name, value in given.items() if value is not UNSET})",
    ]


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
