"""What the words say, and the errors for words that do not exist."""

from __future__ import annotations

import pytest

from hyperhttp import ClientConfig
from hyperhttp._cli._generated.command import COMMAND_GROUPS, COMMAND_OPTIONS
from hyperhttp._cli.exit_codes import UsageError
from hyperhttp._cli.options import parse
from hyperhttp._cli.settings import settings

EVERY_FLAG = [
    pytest.param(flag, option, id=flag) for option in COMMAND_OPTIONS for flag in option.flags
]
EVERY_SWITCH = [
    pytest.param(flag, text, option.names[0], id=flag)
    for option in COMMAND_OPTIONS
    for flag, text in option.switches
]


def test_words_may_stand_before_between_and_behind_options() -> None:
    args = parse(["POST", "-k", "http://127.0.0.1/", "-H", "A: b", "x=1", "--fail", "y=2"])
    assert args.words == ["POST", "http://127.0.0.1/", "x=1", "y=2"]
    assert (args.headers, args.fail) == (["A: b"], True)
    assert args.settings == {"VERIFY": ("-k", "false")}


def test_two_dashes_end_the_options() -> None:
    for words in (["-I", "--", "URL", "-X=1", "--", "-v"], ["URL", "-I", "--", "-X=1", "--", "-v"]):
        args = parse(words)
        assert (args.words, args.head, args.verbose) == (["URL", "-X=1", "--", "-v"], True, False)
    assert parse(["--"]).words == []
    assert parse(["--", "--"]).words == ["--"]


def test_short_options_may_stand_together() -> None:
    args = parse(["-fsSL", "http://127.0.0.1/", "-oa"])
    assert (args.fail, args.silent, args.output) == (True, True, "a")
    assert args.settings == {"FOLLOW_REDIRECTS": ("-L", "true")}


@pytest.mark.parametrize(("flag", "option"), EVERY_FLAG)
def test_every_setting_takes_its_value(flag: str, option: object) -> None:
    found = parse([flag, "7", "u"]).settings
    assert set(found.values()) == {(flag, "7")}
    assert parse([f"{flag}=7", "u"]).settings == found or not flag.startswith("--")


@pytest.mark.parametrize(("flag", "text", "name"), EVERY_SWITCH)
def test_every_switch_stands_for_a_value(flag: str, text: str, name: str) -> None:
    assert parse([flag, "u"]).settings == {name: (flag, text)}
    assert settings(parse([flag, "u"])) == ClientConfig.from_env(
        environ={f"HYPERHTTP_{name}": text}
    )


@pytest.mark.parametrize("order", [1, -1])
def test_one_that_sets_several_gives_way_to_those_that_are_named(order: int) -> None:
    pair = [["--timeout", "5"], ["--timeout-read", "9"]][::order]
    found = settings(parse([*pair[0], *pair[1], "u"]))
    assert (found.timeout.connect, found.timeout.read) == (5.0, 9.0)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["--timout", "5"], "unknown option --timout; did you mean --timeout?"),
        (["--timout=5"], "did you mean --timeout?"),
        (["--max-conections", "5"], "did you mean --max-connections?"),
        (["--jsno", "5"], "did you mean --json?"),
        (["--zzzzzz"], "unknown option --zzzzzz (for all options, run hyperhttp --help-all)"),
        (["-Z"], "unknown option -Z"),
        (["--color", "blue"], "invalid choice: 'blue'"),
        (["--fail=yes"], "ignored explicit argument"),
    ],
    ids=str,
)
def test_an_unknown_option_is_responded_with_the_nearest(words: list[str], meant: str) -> None:
    with pytest.raises(UsageError, match=r"\A[^\n]+\Z") as caught:
        parse([*words, "http://127.0.0.1/"])
    assert meant in str(caught.value)


def test_an_option_is_not_cut_short() -> None:
    with pytest.raises(UsageError, match="did you mean --verbose"):
        parse(["--verbos", "http://127.0.0.1/"])


def test_no_two_options_have_a_name_in_common() -> None:
    names = [
        flag
        for option in COMMAND_OPTIONS
        for flag in (*option.flags, *(flag for flag, _ in option.switches))
    ]
    assert len(names) == len(set(names)) > 80
    parse([])  # argparse refuses a name of ours that is one of theirs


@pytest.mark.parametrize(("flag", "shows_all"), [("--help", False), ("--help-all", True)])
def test_the_usual_help_is_short_and_the_other_one_has_all(
    flag: str, shows_all: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([flag])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert "--request METHOD" in shown
    assert "--timeout SECONDS" in shown
    assert "--insecure" in shown
    assert ("--http2-ping-after" in shown) == shows_all
    assert all(f"\n{group}:" in shown for group in COMMAND_GROUPS) == shows_all


def test_the_help_of_a_setting_has_its_unit_default_bounds_and_name_in_the_environment(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        parse(["--help-all"])
    shown = " ".join(capsys.readouterr().out.split())
    assert "(a whole number >= 1 or none; default: 100; HYPERHTTP_MAX_CONNECTIONS)" in shown
