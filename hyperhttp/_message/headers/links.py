"""Links of a response (RFC 8288): their targets and relation types.

A malformed link, or one whose target isn't an http or https URL, is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.errors import InvalidURL
from hyperhttp._message.headers.grammar import elements, parameters, preferred_text
from hyperhttp._message.url.url import URL, reference_from_wire

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Link", "Links", "parse_links"]

_KNOWN: Final = frozenset({"anchor", "hreflang", "media", "rel", "rev", "title", "title*", "type"})


@final
@dataclass(frozen=True, slots=True)
class Link:
    """A link from the response, or from `anchor`, to `target`."""

    target: URL
    """Where it leads; relative ones are resolved against the URL of the response."""
    rel: tuple[str, ...] = ()
    """Its relation types in lower case, such as "next"."""
    anchor: URL | None = None
    """The source of the link, if it isn't the response itself."""
    title: str | None = None
    """A label for people; `title*` if it has one."""
    type: str | None = None
    """The media type to expect there, such as "text/html"."""
    media: str | None = None
    """The devices or media it is meant for."""
    hreflang: tuple[str, ...] = ()
    """The languages to expect there."""
    extensions: Mapping[str, str | None] = field(default_factory=dict[str, str | None], hash=False)
    """Its other parameters by name in lower case; None for one without a value."""


@final
@dataclass(frozen=True, slots=True)
class Links:
    """The links of a response, by relation type.

        following = response.links.get("next")

    Iteration returns every `Link` in order. `links["next"]` and `get` only return links from the
    response itself, because a link with another `anchor` doesn't describe this response.
    """

    all: tuple[Link, ...] = ()
    """Every link, those with an `anchor` too."""

    def __iter__(self) -> Iterator[Link]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __contains__(self, rel: str) -> bool:
        return self.get(rel) is not None

    def __getitem__(self, rel: str) -> Link:
        """Return the first link of this relation type. Raises KeyError if there is none."""
        link = self.get(rel)
        if link is None:
            raise KeyError(rel)
        return link

    def get(self, rel: str) -> Link | None:
        """Return the first link of this relation type, in any case; None if there is none."""
        return next(iter(self.get_all(rel)), None)

    def get_all(self, rel: str) -> tuple[Link, ...]:
        """Return every link of this relation type."""
        wanted = rel.lower()
        return tuple(link for link in self.all if wanted in link.rel and link.anchor is None)


def parse_links(value: str, base: URL) -> Links:
    """Parse a Link header; `base` is the URL of the response."""
    return Links(tuple(filter(None, (_link(element, base) for element in elements(value)))))


def _link(element: str, base: URL) -> Link | None:
    if not element.startswith("<"):
        return None
    target, closed, rest = element[1:].partition(">")
    pairs = parameters(rest)
    if not closed or pairs is None:
        return None
    # RFC 8288 3.3 and 3.4.1: the first of each name counts; hreflang may come more than once.
    given = dict(reversed(pairs))
    try:
        anchor = None if given.get("anchor") is None else _resolved(given["anchor"] or "", base)
        return Link(
            target=_resolved(target, base),
            rel=tuple(dict.fromkeys((given.get("rel") or "").lower().split())),
            anchor=None if anchor is None or _same_resource(anchor, base) else anchor,
            title=preferred_text(given, "title"),
            type=given.get("type"),
            media=given.get("media"),
            hreflang=tuple(text for name, text in pairs if name == "hreflang" and text),
            extensions={name: text for name, text in given.items() if name not in _KNOWN},
        )
    except InvalidURL:
        return None


def _resolved(reference: str, base: URL) -> URL:
    return base.join(reference_from_wire(reference.strip()))


def _same_resource(anchor: URL, base: URL) -> bool:
    """Return whether an anchor is the response itself, and not even a part of it."""
    return not anchor.fragment and anchor == base.copy_with(fragment="")
