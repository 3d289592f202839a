"""`hyperhttp/_base/_generated/config.py`: the frozen pydantic models that hold every option that is data.

Each field carries its bounds, and its doc twice: as a docstring for hover and as a description for
the JSON Schema (pydantic would have to read its own source for one to serve both).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.emit import environment
from codegen.emit.checks import CHECK_IMPORTS, CHECKS
from codegen.ir import Spec
from codegen.tables import ConfigModel, Default, OptionField, Scalar
from codegen.text import docstring, example_block, header, imports, indented
from codegen.types import WORD_IMPORTS, WORDS, Atom, Word, quoted

MODULE: Final = "hyperhttp.config"


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    lines = [
        header("spec/config.toml").rstrip(),
        '"""Every option that is data, as frozen models that validate what they are given."""',
        "",
        "from __future__ import annotations",
        "",
        "import os",
        *imports(_imports(spec)),
        "",
        "__all__ = [",
        *indented(f"{quoted(name)}," for name in sorted(spec.config)),
        "]",
        "",
        *_checks(spec),
        *_aliases(spec),
        *_MACHINERY.strip("\n").splitlines(),
    ]
    switches = spec.switches()
    for name, model in spec.config.items():
        is_root = name == spec.root_config
        lines += ["", "", *_model(name, model, switch=switches.get(name, ""), is_root=is_root)]
    lines += ["", "", *environment.functions(spec)]
    names = ", ".join(spec.config)
    lines += [
        "",
        "",
        "# Tracebacks, repr and pickle name the public module. pydantic looks names up in this one while",
        "# the classes are made, so it is said only now.",
        f"for _model in ({names}):",
        f"    _model.__module__ = {quoted(MODULE)}",
    ]
    return "\n".join(lines) + "\n"


def class_doc(model: ConfigModel) -> list[str | list[str]]:
    """The docstring of a model."""
    return [model.doc, example_block(model.example)]


def field_doc(field: OptionField) -> str:
    """What a field is, in one paragraph: doc, unit, default and why, None."""
    parts = [field.doc]
    if field.parsed.unit:
        parts.append(f"In {field.parsed.unit}.")
    if field.none:
        parts.append(f"None: {field.none[0].lower()}{field.none[1:]}")
    parts.append(f"Default: {default_text(field)}. {field.why}")
    return " ".join(parts)


def default_text(field: OptionField) -> str:
    """The default as Python shows it."""
    if field.model and not field.is_switch:
        return f"{field.model}()"
    if field.parsed.is_set:
        items = ", ".join(map(_literal, ordered(field)))
        return f"frozenset({{{items}}})" if items else "frozenset()"
    return _literal(field.default if field.value is not None else None)


def ordered(field: OptionField) -> list[Scalar]:
    """What the default of a set holds; sets have no order of their own that would stay."""
    return sorted(field.default, key=str) if isinstance(field.default, tuple) else []


def _literal(value: Default | None) -> str:
    return quoted(value) if isinstance(value, str) else repr(value)


def init_parameters(model: ConfigModel) -> list[str]:
    """The parameters of `__init__` as they are written; a positional group comes first."""
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


def shorthand_allowed(name: str, model: ConfigModel) -> str:
    """What `Model.of` takes, in words."""
    field = model.group_field
    parts = [field.allowed.removesuffix(" or None"), *(["None"] if field.parsed.optional else [])]
    return f"{', '.join(parts)} or {name}(...)"


def _imports(spec: Spec) -> Mapping[str, set[str]]:
    names: dict[str, set[str]] = {
        "collections.abc": {"Callable", "Mapping"},
        "typing": {"Annotated", "ClassVar", "Final", "Self", "TypeAlias", "TypeVar", "cast"},
        "pydantic": {"BaseModel", "ConfigDict", "Field", "ValidationError"},
        "hyperhttp._base.checked": {"cut", "unknown_option"},
        "hyperhttp._base._generated.errors": {"ConfigError"},
    }
    for word in _used(spec).values():
        if word.python in WORD_IMPORTS:
            names.setdefault(WORD_IMPORTS[word.python], set()).add(word.python)
        if word.checked_by:
            names["pydantic"].add(CHECKS[word.checked_by][0])
            for module, name in CHECK_IMPORTS.get(word.checked_by, {}).items():
                names.setdefault(module, set()).add(name)
    fields = [field for model in spec.config.values() for field in model.fields.values()]
    if any(field.parsed.literals for field in fields):
        names["typing"].add("Literal")
    if any(field.parsed.is_set for field in fields):
        names["collections.abc"].add("Set as AbstractSet")
        names["pydantic"].add("PlainSerializer")
    if spec.switches():
        names["functools"] = {"cache"}
    if any(model.group for model in spec.config.values()):
        names.setdefault("functools", set()).add("lru_cache")
        names["hyperhttp._base.checked"].add("checked")
        names["hyperhttp._base.unset"] = {"UNSET", "Unset"}
    return names


def _used(spec: Spec) -> dict[str, Word]:
    used = {
        name: WORDS[name]
        for model in spec.config.values()
        for field in model.fields.values()
        for name in field.parsed.word_names
    }
    return dict(sorted(used.items()))


def _alias_name(word: str) -> str:
    return WORDS[word].alias or "".join(part.capitalize() for part in word.split("_"))


def _aliases(spec: Spec) -> list[str]:
    lines: list[str] = []
    for name, word in _used(spec).items():
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
            parts.append(f"{CHECKS[word.checked_by][0]}(_{word.checked_by})")
        lines.append(f"{_alias_name(name)}: TypeAlias = Annotated[{', '.join(parts)}]")
    return [*lines, "", ""]


def _checks(spec: Spec) -> list[str]:
    used = sorted({word.checked_by for word in _used(spec).values() if word.checked_by})
    return [line for name in used for line in (*CHECKS[name][1].strip("\n").splitlines(), "", "")]


def _annotation(field: OptionField) -> str:
    if field.parsed.is_set:
        return _set_annotation(field)
    return field.parsed.annotation(_atom)


def _set_annotation(field: OptionField) -> str:
    """A set in no order to be relied on, but dumped to JSON always in the same."""
    (atom,) = field.parsed.atoms
    bounds = ", ".join(f"{sign}={limit}" for sign, limit in field.limits.items())
    item = f"Annotated[{_alias_name(atom.value)}, Field({bounds})]" if bounds else _atom(atom)
    listed = f"list[{_plain(atom)}]"
    dumped = f'PlainSerializer(sorted, return_type={listed}, when_used="json")'
    return f"Annotated[AbstractSet[{item}], {dumped}]"


def _plain(atom: Atom) -> str:
    return WORDS[atom.value].python


def _atom(atom: Atom) -> str:
    if atom.kind == "name":
        return atom.value
    return _alias_name(atom.value)


def _model(name: str, model: ConfigModel, *, switch: str, is_root: bool) -> list[str]:
    body = [
        *docstring(class_doc(model), 1),
        "",
        "_allowed: ClassVar[Mapping[str, str]] = {",
        *indented(f"{quoted(n)}: {quoted(field.allowed)}," for n, field in model.fields.items()),
        "}",
        *_rules(model),
    ]
    for field_name, field in model.fields.items():
        body += ["", *_field(field_name, field)]
    if model.group:
        body += ["", *_init(model), "", *_of(name, model)]
    if switch:
        body += ["", *_of_switch(name, switch)]
    if is_root:
        body += ["", *environment.method()]
    lines = [f"class {name}(_Model, frozen=True):", *indented(body)]
    if switch:
        lines += ["", "", *_usual(name)]
    return [*lines, "", "", *_cached(name, model)] if model.group else lines


def _rules(model: ConfigModel) -> list[str]:
    """What the model says of its fields together, and of secrets among them."""
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
    # A factory, since making a model builds its validators, which an import can do without.
    is_made = bool(field.model) and not field.is_switch
    facts = [f"default_factory={field.model}" if is_made else f"default={default_text(field)}"]
    if field.parsed.is_set:
        facts.append(
            f'json_schema_extra={{"default": [{", ".join(map(_literal, ordered(field)))}]}}'
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


def _init(model: ConfigModel) -> list[str]:
    group = model.group
    fallbacks = [
        f"    {name} = {model.positional} if {name} is UNSET else {name}" for name in group
    ]
    items = ", ".join(f"{quoted(name)}: {name}" for name in model.fields)
    return [
        "@checked",
        f"def __init__(self, {', '.join(init_parameters(model))}) -> None:",
        *indented(
            docstring(
                [f"`{model.positional}` stands for {_listed(group)}, where they are not given."], 2
            )
        ),
        *fallbacks,
        f"    given: dict[str, object] = {{{items}}}",
        "    super().__init__(**{name: value for name, value in given.items() if value is not UNSET})",
    ]


def _of(name: str, model: ConfigModel) -> list[str]:
    kind = model.group_field.parsed.annotation(_plain, name)
    allowed = shorthand_allowed(name, model)
    option = name.lower()
    return [
        "@classmethod",
        f"def of(cls, given: {kind}) -> {name}:",
        *indented(
            docstring(
                [f"The {name} that is meant: itself, or one value for {_listed(model.group)}."], 2
            )
        ),
        f"    if isinstance(given, {name}):",
        "        return given",
        "    if given is None or type(given) is float or type(given) is int:",
        "        try:",
        f"            return _{option}_of(given)",
        "        except ConfigError:",
        "            pass",
        f"    raise ConfigError(option={quoted(option)}, given=cut(given), allowed={quoted(allowed)})",
    ]


def _of_switch(name: str, option: str) -> list[str]:
    given = f"bool | {name} | None"
    return [
        "@classmethod",
        f"def of(cls, given: {given}) -> {name} | None:",
        *indented(
            docstring(
                [f"The {name} that is meant: itself, the usual one for True, None for False."], 2
            )
        ),
        "    value: object = given",
        "    if value is None or value is False:",
        "        return None",
        f"    if isinstance(value, {name}):",
        "        return value",
        "    if value is True:",
        f"        return _usual_{name.lower()}()",
        f"    allowed = {quoted(f'True, False, {name}(...) or None')}",
        f"    raise ConfigError(option={quoted(option)}, given=cut(value), allowed=allowed)",
    ]


def _usual(name: str) -> list[str]:
    return ["@cache", f"def _usual_{name.lower()}() -> {name}:", f"    return {name}()"]


def _cached(name: str, model: ConfigModel) -> list[str]:
    kind = model.group_field.parsed.python
    return [
        "# A number is the usual way to give one, often the same for each request.",
        "@lru_cache(maxsize=128)",
        f"def _{name.lower()}_of(given: {kind}) -> {name}:",
        f"    return {name}(given)",
    ]


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


_MACHINERY: Final = '''
MASK: Final = "**********"


class _Model(BaseModel, frozen=True):
    """Frozen, no unknown names; what does not fit is a ConfigError that names the option."""

    # Validators are built at first use: they cost more than all the rest of the import. `frozen` is
    # said in the class line of each model, where type checkers look for it. What was given may hold
    # a secret, which pydantic's own errors would show.
    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", defer_build=True, hide_input_in_errors=True
    )

    _allowed: ClassVar[Mapping[str, str]] = {}
    _secrets: ClassVar[frozenset[str]] = frozenset()
    # Pairs of fields that make sense only together, and of such as contradict each other.
    _needs: ClassVar[tuple[tuple[str, str], ...]] = ()
    _excludes: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, /, **given: object) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise self._refusal(error, given) from None
        for option, other in self._needs:
            if self._is_set(option) and not self._is_set(other):
                raise self._contradiction(option, f"without {other}")
        for option, other in self._excludes:
            if self._is_set(option) and self._is_set(other):
                raise self._contradiction(option, f"together with {other}")

    def _is_set(self, option: str) -> bool:
        value: object = getattr(self, option)
        default: object = type(self).model_fields[option].default
        return value != default

    def _contradiction(self, option: str, why: str) -> ConfigError:
        value: object = getattr(self, option)
        plain = str(value) if hasattr(value, "__fspath__") else value
        given = f"{MASK if option in self._secrets else cut(plain)} {why}"
        return ConfigError(option=option, given=given, allowed=self._allowed[option])

    @classmethod
    def _refusal(cls, error: ValidationError, whole: Mapping[str, object]) -> ConfigError:
        details = error.errors(include_url=False)[0]
        option = str(details["loc"][0])
        if option not in cls._allowed:
            return unknown_option(option, cls._allowed)
        inner = details.get("ctx", {}).get("error")
        if isinstance(inner, ConfigError):  # from a model inside this one
            return type(inner)(
                option=f"{option}.{inner.option}",
                given=inner.given,
                allowed=inner.allowed,
                suggestion=inner.suggestion,
            )
        given = MASK if option in cls._secrets else cut(whole.get(option, details["input"]))
        return ConfigError(option=option, given=given, allowed=cls._allowed[option])


M = TypeVar("M", bound=_Model)


def built(kind: type[M], given: Mapping[str, object]) -> M:
    """A model of what is only known at run time to fit it."""
    return kind(**given)


def changed(model: M, changes: Mapping[str, object]) -> M:
    """A validated copy of a model with some fields changed."""
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    return built(type(model), {**fields, **changes})


def told(model: M, sources: Mapping[str, str]) -> M:
    """The model, which knows from now on where its options come from; it is equal to what it was."""
    # Beside the fields, as functools.cached_property has its values: no part of what it says.
    object.__setattr__(model, "_sources", sources)
    return model
'''
