"""`hyperhttp/_cli/_generated/command.py`: the options of the configuration as the command line takes them.

The name of an option is that of the environment in small letters, with dashes; what a value may be
is what the environment takes. How a command line is read is the business of hand-written code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from codegen.emit.config_defaults import default_text
from codegen.ir import Spec
from codegen.tables import ConfigModel, OptionField
from codegen.text import header, imports, indented
from codegen.types import quoted

IMPORTS: Final[Mapping[str, set[str]]] = {
    "collections.abc": {"Mapping"},
    "typing": {"Final"},
    "hyperhttp._cli.command_option": {"CommandOption"},
}


@dataclass(frozen=True, slots=True)
class CommandOption:
    """An option, or an option that sets several."""

    names: tuple[str, ...]
    flags: tuple[str, ...]
    switches: Mapping[str, str]
    metavar: str
    default: str
    allowed: str
    group: str
    doc: str

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that may be written for it, its own name first."""
        return (*self.flags, *self.switches)


def command_options(spec: Spec) -> list[CommandOption]:
    """All of them, group by group, in the order of the spec."""
    found: list[CommandOption] = []
    for name, model in spec.config.items():
        found += [*_of_phases(spec, name, model)]
        found += [_of_field(name, field) for field in model.fields.values() if field.env]
    return found


def _of_phases(spec: Spec, name: str, model: ConfigModel) -> Iterator[CommandOption]:
    """The client's option that sets a whole group of fields by one value."""
    for option_name, option in spec.options_at("client").items():
        if option.config and model.group and spec.config_field(option.config).model == name:
            fields = [model.fields[each] for each in model.group]
            first = fields[0]
            yield CommandOption(
                names=tuple(field.env for field in fields if field.env),
                flags=(_flag(option_name),),
                switches={},
                metavar=_metavar(first),
                default=default_text(first),
                allowed=_lower_words(first.allowed),
                group=name,
                doc=f"All of these at once: {', '.join(model.group)}.",
            )


def _of_field(name: str, field: OptionField) -> CommandOption:
    own, kind = _flag(field.env or ""), field.parsed
    is_flag = "flag" in kind.word_names or field.is_switch
    is_choice = not (kind.word_names or is_flag)
    takes_value = is_choice or any(word != "flag" for word in kind.word_names)
    on = () if takes_value or not is_flag else (own, *field.flags)
    off = (f"--no-{own.removeprefix('--')}", *field.no_flags) if is_flag else ()
    literal = {f"{own}-{text}": text for text in kind.literals if not is_choice}
    return CommandOption(
        names=(field.env or "",),
        flags=(own, *field.flags) if takes_value else (),
        switches={**dict.fromkeys(on, "true"), **dict.fromkeys(off, "false"), **literal},
        metavar=_metavar(field) if takes_value else "",
        default=_default(field),
        allowed=_allowed(field),
        group=name,
        doc=_doc(field),
    )


def _flag(name: str) -> str:
    return f"--{name.lower().replace('_', '-')}"


def _doc(field: OptionField) -> str:
    """Return the description, with the meaning of `none` if it is allowed."""
    if not field.none or field.is_switch:
        return field.doc
    return f"{field.doc} `none`: {_lowered(field.none)}"


def _default(field: OptionField) -> str:
    """The default as it would be written, as far as words and numbers go."""
    if field.is_switch:
        return "false"
    if isinstance(field.default, tuple):
        return ",".join(map(str, field.default))
    return "" if field.is_secret else _lower_words(default_text(field)).strip('"')


def _allowed(field: OptionField) -> str:
    if field.parsed.is_set:
        return f"{field.parsed.words[0].plural}, with commas between"
    return "" if field.is_switch else _lower_words(field.allowed)


def _lower_words(python: str) -> str:
    """Replace True, False and None by the spelling of the environment and TOML."""
    for word in ("True", "False", "None"):
        python = python.replace(word, word.lower())
    return python


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


_METAVARS: Final[Mapping[str, str]] = {
    "seconds": "SECONDS",
    "ratio": "NUMBER",
    "count": "N",
    "bytes": "BYTES",
    "status": "STATUS",
    "path": "PATH",
    "address": "ADDRESS",
    "network": "NETWORK",
    "pin": "PIN",
    "port": "PORT",
    "method": "METHOD",
    "error": "ERROR",
    "charset": "ENCODING",
    "secret": "SECRET",
}


def _metavar(field: OptionField) -> str:
    words = [word for word in field.parsed.word_names if word != "flag"]
    names = [_METAVARS.get(word, "TEXT") for word in words] or ["WORD"]
    return f"{names[0]},..." if field.parsed.is_set else names[0]


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    lines = [
        header("spec/config.toml").rstrip(),
        '"""The options of the configuration as the command line takes them."""',
        "",
        "from __future__ import annotations",
        "",
        *imports(IMPORTS),
        "",
        '__all__ = ["COMMAND_GROUPS", "COMMAND_OPTIONS"]',
        "",
        "COMMAND_GROUPS: Final[Mapping[str, str]] = {",
        *indented(f"{quoted(name)}: {quoted(model.doc)}," for name, model in spec.config.items()),
        "}",
        "COMMAND_OPTIONS: Final[tuple[CommandOption, ...]] = (",
    ]
    for option in command_options(spec):
        lines += indented(_entry(option))
    return "\n".join([*lines, ")"]) + "\n"


def _entry(option: CommandOption) -> list[str]:
    switches = ", ".join(
        f"({quoted(flag)}, {quoted(text)})" for flag, text in option.switches.items()
    )
    return [
        "CommandOption(",
        *indented(
            [
                f"names={_tuple(option.names)},",
                f"flags={_tuple(option.flags)},",
                f"switches=({switches}{',' if switches else ''}),",
                *(
                    f"{name}={quoted(text)},"
                    for name, text in (
                        ("metavar", option.metavar),
                        ("default", option.default),
                        ("allowed", option.allowed),
                        ("group", option.group),
                        ("doc", option.doc),
                    )
                ),
            ]
        ),
        "),",
    ]


def _tuple(texts: tuple[str, ...]) -> str:
    return f"({', '.join(map(quoted, texts))}{',' if len(texts) == 1 else ''})"
