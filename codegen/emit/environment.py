"""The part of the configuration's code that reads options from the environment and from files.

It becomes the methods `from_env`, `from_toml` and `diff` of the model that is the whole
configuration; the names for the environment are in the spec, one for each option that has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.ir import Spec
from codegen.tables import OptionField
from codegen.text import indented
from codegen.types import quoted

PREFIX: Final = "HYPERHTTP_"


def method() -> list[str]:
    """The methods of the root model."""
    return METHOD.replace("PREFIX", quoted(PREFIX)).strip("\n").splitlines()


def functions(spec: Spec) -> list[str]:
    """The table of names, and the reader of one value."""
    lines = [
        "# Name without prefix -> dotted group, field, and the kinds of value it may have.",
        "_ENV: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {",
        *indented(_entries(spec)),
        "}",
        "",
        "",
    ]
    return [*lines, *READER.strip("\n").splitlines()]


def _entries(spec: Spec) -> list[str]:
    return list(_model_entries(spec, spec.root_config, ""))


def _model_entries(spec: Spec, model: str, group: str) -> Iterator[str]:
    """The names of a model's options, those of the models in it first."""
    for name, field in spec.config[model].fields.items():
        if field.model:
            yield from _model_entries(spec, field.model, f"{group}.{name}" if group else name)
        yield from _entry(group, name, field)


def _entry(group: str, name: str, field: OptionField) -> list[str]:
    if field.env is None:
        return []
    kinds = [word.python for word in field.parsed.words]
    if field.parsed.is_set:
        kinds.insert(0, "set")
    if field.is_switch:
        kinds.insert(0, "switch")
    kinds += [*field.parsed.literals, *(["none"] if field.parsed.optional else [])]
    listed = ", ".join(map(quoted, kinds)) + ("," if len(kinds) == 1 else "")
    return [f"{quoted(field.env)}: ({quoted(group)}, {quoted(name)}, ({listed})),"]


METHOD: Final = '''
@classmethod
def from_env(
    cls,
    prefix: str = PREFIX,
    environ: Mapping[str, str] | None = None,
    *,
    base: Self | None = None,
) -> Self:
    """The configuration that the environment describes; what it leaves out has its default.

    With a `base`, such as that of a file, what it leaves out is as it is there. Raises ConfigError
    for a value that is not allowed, and for a name with the prefix that is not known. `environ`
    stands for `os.environ`.

    Example:
        config = ClientConfig.from_env()  # HYPERHTTP_TIMEOUT_READ=120 in the environment
    """
    texts = {
        name.removeprefix(prefix): text
        for name, text in (os.environ if environ is None else environ).items()
        if name.startswith(prefix)
    }
    return overlaid(cls, base, texts, lambda name: f"{prefix}{name}", " in the environment")

@classmethod
def from_toml(cls, path: str | os.PathLike[str], table: str = "") -> Self:
    """The configuration that a TOML file describes; what it leaves out has its default.

    Its keys are the fields of ClientConfig, its tables those of the models inside; "none" stands
    for None. `table` is the dotted name of the table that holds it, for a file that has others.
    Raises ConfigError for a file that cannot be read, for a value that is not allowed, and for a
    key that is not known.

    Example:
        config = ClientConfig.from_toml("pyproject.toml", table="tool.hyperhttp")
    """
    import tomllib  # noqa: PLC0415 - few programs need it, and it costs 5 ms

    try:
        given: object = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(
            option="path", given=cut(str(path)), allowed=f"a TOML file ({error})"
        ) from error
    for name in table.split(".") if table else ():
        given = cast("dict[str, object]", given).get(name, {}) if isinstance(given, dict) else {}
    config = built(cls, _plain(given, ""))
    return told(config, dict.fromkeys(config.sources, f"the file {Path(path).name}"))

@property
def sources(self) -> Mapping[str, str]:
    """Where the options have their values from that are not the defaults, by dotted name."""
    known: Mapping[str, str] = self.__dict__.get("_sources", {})
    return {
        name: _source(name, known) for name in _differences(self, type(self)(), "")
    }

def diff(self, other: ClientConfig) -> dict[str, tuple[object, object]]:
    """The options in which they differ, by name: here, and in the other. Secrets are masked.

    Example:
        print(config.diff(ClientConfig()))  # {'timeout.read': (120.0, 30.0)}
    """
    return _differences(self, other, "")
'''

READER: Final = '''
def _source(name: str, known: Mapping[str, str]) -> str:
    """What is known of an option, or of the parts of a model that is off by default."""
    inner = [source for other, source in known.items() if other.startswith(f"{name}.")]
    return known.get(name, ", ".join(inner) or "ClientConfig(...)")


def _plain(given: object, group: str) -> dict[str, object]:
    """A table of a TOML file as a model takes it: TOML has no None, "none" stands for it."""
    if not isinstance(given, dict):
        raise ConfigError(option=group or "table", given=cut(given), allowed="a table")
    plain: dict[str, object] = {}
    for key, value in cast("dict[str, object]", given).items():
        if isinstance(value, dict):
            inner: object = cast("object", value)
            plain[key] = _plain(inner, f"{group}.{key}" if group else key)
        elif isinstance(value, bool) and (group, key) in _SWITCHES:
            plain[key] = {} if value else None
        else:
            is_none = value == "none" and (group, key) in _OPTIONAL
            plain[key] = None if is_none else value
    return plain


def _differences(mine: _Model, other: _Model, group: str) -> dict[str, tuple[object, object]]:
    """The options in which two models of one class differ, by their dotted names."""
    found: dict[str, tuple[object, object]] = {}
    for name in type(mine).model_fields:
        here: object = getattr(mine, name)
        there: object = getattr(other, name)
        if isinstance(here, _Model) and isinstance(there, _Model):
            found |= _differences(here, there, f"{group}{name}.")
        elif here != there:
            found[f"{group}{name}"] = (here, there)
    return found


_OPTIONAL: Final = frozenset(
    (group, field) for group, field, kinds in _ENV.values() if "none" in kinds
)
_SWITCHES: Final = frozenset(
    (group, field) for group, field, kinds in _ENV.values() if "switch" in kinds
)


def _place(given: dict[str, object], group: str, field: str, value: object) -> None:
    """Put a value into its group. A model that is switched off stays off, whatever its fields are."""
    at = given
    for step in group.split(".") if group else ():
        inner = at.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        at = cast("dict[str, object]", inner)
    if value == {}:
        at.setdefault(field, value)
    else:
        at[field] = value


_WORDS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}


def _env_value(text: str, kinds: tuple[str, ...]) -> object:
    """The value that a text means; the text itself where it means none, for the model to refuse."""
    word = text.strip().lower()
    if "none" in kinds and word == "none":
        return None
    if "bool" in kinds and word in _WORDS:
        return _WORDS[word]
    if "switch" in kinds and word in _WORDS:
        return {} if _WORDS[word] else None
    if "set" in kinds:
        return [_env_value(part.strip(), kinds[1:]) for part in text.split(",")] if word else []
    for kind, read in (("int", int), ("float", float)):
        if kind in kinds:
            try:
                return read(word)
            except ValueError:
                return text
    return text


def overlaid(
    kind: type[M],
    base: M | None,
    texts: Mapping[str, str],
    spelled: Callable[[str], str],
    where: str,
) -> M:
    """The configuration with what texts say, by the names of the environment without a prefix.

    Raises ConfigError, which calls an option as `spelled` does; `where` follows that in its source.
    """
    given: dict[str, object] = {} if base is None else _parts(base)
    sources: dict[str, str] = {} if base is None else dict(base.__dict__.get("_sources", {}))
    for name, text in sorted(texts.items()):
        if name not in _ENV:
            raise unknown_option(spelled(name), [spelled(other) for other in _ENV])
        group, field, kinds = _ENV[name]
        _place(given, group, field, _env_value(text, kinds))
        sources[f"{group}.{field}" if group else field] = f"{spelled(name)}{where}"
    try:
        return told(built(kind, given), sources)
    except ConfigError as error:
        raise _as_spelled(error, spelled) from None


def _parts(model: _Model) -> dict[str, object]:
    """What is not at its default in a model, by field; models in it as tables."""
    usual = type(model)()
    parts: dict[str, object] = {}
    for name in type(model).model_fields:
        value: object = getattr(model, name)
        if value != getattr(usual, name):
            parts[name] = _parts(value) if isinstance(value, _Model) else value
    return parts


def _said(allowed: str) -> str:
    """What may be given, in the words of an environment, where Python's are not known."""
    for word in ("True", "False", "None"):
        allowed = allowed.replace(word, word.lower())
    return allowed


def _as_spelled(error: ConfigError, spelled: Callable[[str], str]) -> ConfigError:
    """The same error, told of the name that the option was given by."""
    group, _, field = error.option.rpartition(".")
    for name, (its_group, its_field, kinds) in _ENV.items():
        if (its_group, its_field) == (group, field):
            allowed = "true, false or none" if "switch" in kinds else _said(error.allowed)
            return ConfigError(option=spelled(name), given=error.given, allowed=allowed)
    return error
'''
