from __future__ import annotations

from pathlib import Path

import pytest

from codegen.__main__ import main

pytestmark = pytest.mark.slow


def test_a_check_of_a_good_checkout_passes_and_says_how_much_it_saw(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check"], checkout) == 0
    count = int(capsys.readouterr().out.split()[0])
    assert count > 30


def test_a_check_of_a_bad_checkout_fails_with_the_diff_and_the_command_that_mends_it(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = checkout / "hyperhttp/_client/_generated/verbs.py"
    path.write_text(
        path.read_text(encoding="utf-8").replace("class Verbs(ABC):", "class Verb(ABC):")
    )
    assert main(["--check"], checkout) == 1
    said = capsys.readouterr().err
    assert "-class Verb(ABC):" in said
    assert "+class Verbs(ABC):" in said
    assert "1 files differ: run `python -m codegen`" in said
    assert main([], checkout) == 0
    assert main(["--check"], checkout) == 0


def test_a_check_writes_nothing(checkout: Path) -> None:
    (checkout / "docs/reference/errors.md").unlink()
    assert main(["--check"], checkout) == 1
    assert not (checkout / "docs/reference/errors.md").exists()


@pytest.mark.parametrize("arguments", [[], ["--check"]])
def test_a_wrong_spec_fails_and_changes_nothing(
    checkout: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    path = checkout / "spec/errors.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('["TimeoutException", "ReadError"]', '["TimeoutExeption"]'))
    before = (checkout / "hyperhttp/_base/_generated/errors.py").read_bytes()
    assert main(arguments, checkout) == 1
    assert capsys.readouterr().err == (
        'spec/errors.toml [ReadTimeout]: base "TimeoutExeption" is not an error.'
        ' Did you mean "TimeoutException"?\n'
    )
    assert (checkout / "hyperhttp/_base/_generated/errors.py").read_bytes() == before


def test_a_broken_hand_written_module_does_not_keep_the_package_from_being_made(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "hyperhttp/client.py").write_text("class Client(:\n")
    (checkout / "hyperhttp/_client/_generated/calls.py").unlink()
    stub = (checkout / "typings/api/hyperhttp/client.pyi").read_bytes()
    assert main([], checkout) == 1
    assert capsys.readouterr().err.startswith("hyperhttp/client.py: line 1: ")
    assert (checkout / "hyperhttp/_client/_generated/calls.py").exists()
    assert (checkout / "typings/api/hyperhttp/client.pyi").read_bytes() == stub


def test_an_attribute_without_a_type_is_responded_with_its_class(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = checkout / "hyperhttp/client.py"
    path.write_text(
        "class Client:\n    def __init__(self) -> None:\n        self.pool = make_pool()\n"
    )
    assert main(["--check"], checkout) == 1
    assert capsys.readouterr().err == (
        'hyperhttp/client.py [Client]: the type of "pool" is missing;'
        " annotate it in the body of the class\n"
    )
