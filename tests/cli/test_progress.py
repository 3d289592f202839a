from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from hyperhttp import Progress
from hyperhttp._cli import progress
from hyperhttp._cli.progress import PercentDisplay, ProgressBar, RichDisplay, in_bytes, progress_bar


class ProgressDisplay:
    """Notes what it is to show."""

    def __init__(self) -> None:
        self.shown: list[tuple[int, float]] = []
        self.is_closed = False

    def show(self, progress: Progress, elapsed_s: float) -> None:
        self.shown.append((progress.transferred_bytes, elapsed_s))

    def close(self) -> None:
        self.is_closed = True


class Hand:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def told(shown: ProgressBar, clock: Hand, *steps: tuple[float, int]) -> None:
    for at, size in steps:
        clock.now = 100.0 + at
        shown(Progress(size, 10))


def test_what_is_over_soon_is_not_shown() -> None:
    clock, display = Hand(), ProgressDisplay()
    with ProgressBar(lambda: display, clock) as shown:
        told(shown, clock, (0.1, 1), (0.49, 10))
    assert (display.shown, display.is_closed) == ([], False)


def test_what_lasts_is_shown_at_times_and_at_its_end() -> None:
    clock, display = Hand(), ProgressDisplay()
    with ProgressBar(lambda: display, clock) as shown:
        told(shown, clock, (0.1, 1), (0.5, 2), (0.55, 3), (0.6, 4), (0.65, 10))
    assert [size for size, _ in display.shown] == [2, 4, 10]
    assert display.shown[0][1] == 0.5
    assert display.is_closed


def test_what_fails_is_left_as_it_was_last_shown() -> None:
    clock, display = Hand(), ProgressDisplay()
    with pytest.raises(KeyboardInterrupt):
        with ProgressBar(lambda: display, clock) as shown:
            told(shown, clock, (0.5, 2), (0.55, 3))
            raise KeyboardInterrupt
    assert [size for size, _ in display.shown] == [2]
    assert display.is_closed


@pytest.mark.parametrize(
    ("progress", "elapsed_s", "line"),
    [
        (Progress(5_000_000, 10_000_000), 2.0, " 50%  5.0 MB of 10.0 MB  2.5 MB/s  2 s left"),
        (Progress(500, None), 0.5, "500 B  1.0 kB/s"),
        (Progress(0, 10), 1.0, "  0%  0 B of 10 B  0 B/s"),
        (Progress(0, 0), 0.0, "0 B  0 B/s"),
    ],
    ids=str,
)
def test_percentages_are_one_line(
    progress: Progress, elapsed_s: float, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    display = PercentDisplay()
    display.show(progress, elapsed_s)
    display.close()
    assert capsys.readouterr() == ("", f"\r\x1b[K{line}\n")


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert progress_bar() is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert progress_bar() is not None
    assert progress_bar(is_wanted=False) is None


def test_without_rich_there_are_percentages(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(progress, "import_module", missing)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    shown = progress_bar()
    assert shown is not None
    assert isinstance(shown.make_display(), PercentDisplay)


@pytest.mark.skipif(find_spec("rich") is None, reason="the extra [cli] is not installed")
def test_rich_draws_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    display = RichDisplay()
    display.show(Progress(5_000_000, 10_000_000), 1.0)
    display.close()
    shown = capsys.readouterr().err
    assert "50%" in shown
    assert "5.0/10.0 MB" in shown


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (123_456_789, "123.5 MB"), (1e15, "1000.0 TB")],
)
def test_sizes_are_for_people(size: float, text: str) -> None:
    assert in_bytes(size) == text
