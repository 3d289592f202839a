"""The part of the configuration's code that reads options from the environment and from files.

It becomes the methods `from_env`, `from_toml` and `diff` of the model that is the whole
configuration; the names for the environment are in the spec, one for each option that has one.
"""

from __future__ import annotations

from typing import Final

from codegen.ir import OptionField, Spec
from codegen.text import indented
from codegen.words import quoted

PREFIX: Final = "HYPERHTTP_"


def method() -> list[str]:
    """The methods of the root model."""
    return METHOD.replace("PREFIX", quoted(PREFIX)).strip("\n").splitlines()


def functions(spec: Spec) -> list[str]:
    """The table of names, and the reader of one value."""
    lines = [
        "# Name without prefix -> group, field, and the kinds of value it may have.",
        "_ENV: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {",
        *indented(_entries(spec)),
        "}",
        "",
        "",
    ]
    return [*lines, *READER.strip("\n").splitlines()]


def _entries(spec: Spec) -> list[str]:
    root = spec.config[spec.root_config]
    entries: list[str] = []
    for name, field in root.fields.items():
        if field.model:
            for inner, option in spec.config[field.model].fields.items():
                entries += _entry(name, inner, option)
        entries += _entry("", name, field)
    return entries


def _entry(group: str, name: str, field: OptionField) -> list[str]:
    if field.env is None:
        return []
    kinds = [word.python for word in field.parsed.words]
    kinds += [*field.parsed.literals, *(["none"] if field.parsed.optional else [])]
    listed = ", ".join(map(quoted, kinds))
    return [f"{quoted(field.env)}: ({quoted(group)}, {quoted(name)}, ({listed},)),"]


METHOD: Final = '''
@classmethod
def from_env(cls, prefix: str = PREFIX, environ: Mapping[str, str] | None = None) -> Self:
    """The configuration that the environment describes; what it leaves out has its default.

    Raises ConfigError for a value that is not allowed, and for a name with the prefix that is
    not known. `environ` stands for `os.environ`.

    Example:
        config = ClientConfig.from_env()  # HYPERHTTP_TIMEOUT_READ=120 in the environment
    """
    given: dict[str, dict[str, object]] = {"": {}}
    for name, text in sorted((os.environ if environ is None else environ).items()):
        if name.startswith(prefix):
            known = name.removeprefix(prefix)
            if known not in _ENV:
                raise unknown_option(name, [f"{prefix}{other}" for other in _ENV])
            group, field, kinds = _ENV[known]
            given.setdefault(group, {})[field] = _env_value(text, kinds)
    top = given.pop("")
    try:
        return built(cls, {**top, **given})
    except ConfigError as error:
        raise _as_env(error, prefix) from None

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
    import tomllib

    try:
        given: object = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(
            option="path", given=cut(str(path)), allowed=f"a TOML file ({error})"
        ) from error
    for name in table.split(".") if table else ():
        given = given.get(name, {}) if isinstance(given, dict) else {}
    return built(cls, _plain(given, ""))

def diff(self, other: ClientConfig) -> dict[str, tuple[object, object]]:
    """The options in which they differ, by name: here, and in the other. Secrets are masked.

    Example:
        print(config.diff(ClientConfig()))  # {'timeout.read': (120.0, 30.0)}
    """
    mine, others = _flat(self, ""), _flat(other, "")
    return {name: (mine[name], others[name]) for name in mine if mine[name] != others[name]}
'''

READER: Final = '''
def _plain(given: object, group: str) -> dict[str, object]:
    """A table of a TOML file as a model takes it: TOML has no None, "none" stands for it."""
    if not isinstance(given, dict):
        raise ConfigError(option=group or "table", given=cut(given), allowed="a table")
    plain: dict[str, object] = {}
    for key, value in given.items():
        if isinstance(value, dict) and not group:
            plain[key] = _plain(value, key)
        else:
            is_none = value == "none" and (group, key) in _OPTIONAL
            plain[key] = None if is_none else value
    return plain


def _flat(model: _Model, group: str) -> dict[str, object]:
    """Every option by its dotted name."""
    flat: dict[str, object] = {}
    for name in type(model).model_fields:
        value: object = getattr(model, name)
        if isinstance(value, _Model):
            flat |= _flat(value, f"{group}{name}.")
        else:
            flat[f"{group}{name}"] = value
    return flat


_OPTIONAL: Final = frozenset(
    (group, field) for group, field, kinds in _ENV.values() if "none" in kinds
)


def _env_value(text: str, kinds: tuple[str, ...]) -> object:
    """The value that a text means; the text itself where it means none, for the model to refuse."""
    word = text.strip().lower()
    if "none" in kinds and word == "none":
        return None
    if "bool" in kinds and word in {"true", "yes", "on", "1", "false", "no", "off", "0"}:
        return word in {"true", "yes", "on", "1"}
    for kind, read in (("int", int), ("float", float)):
        if kind in kinds:
            try:
                return read(word)
            except ValueError:
                return text
    return text


def _as_env(error: ConfigError, prefix: str) -> ConfigError:
    """The same error, told of the name in the environment."""
    group, _, field = error.option.rpartition(".")
    for name, (its_group, its_field, _) in _ENV.items():
        if (its_group, its_field) == (group, field):
            return ConfigError(option=f"{prefix}{name}", given=error.given, allowed=error.allowed)
    return error
'''
