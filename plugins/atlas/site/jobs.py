"""What there is to make: kinds of pages and files as routes, and each single page or file as a job.

A route says which records it makes something of, and how; the atlas has its own in ``routes.py``, and a site
may have others (see ``blueprint``). Nothing is made here: the list of jobs is cheap, and each job is done
where it is rendered, which may be another process (see ``Edition`` in ``blueprint``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from markupsafe import Markup

from ..views.lens import Lens
from ..views.parts import PageView
from .content import Texts

if TYPE_CHECKING:
    from ..views.pages.map import Door
    from ..views.shared.card import Card
    from ..views.shared.embed import EmbedOffer
    from ..views.shared.press import PressKit


@dataclass(frozen=True, slots=True)
class Page:
    """One page to write: its view, and the static map and the text that go with it."""

    view: PageView
    sheet: Markup | None = None
    prose: Markup | None = None
    door: Door | None = None
    """The way to the interactive map."""
    press: PressKit | None = None
    cites: Mapping[str, Markup] = field(default_factory=dict)
    """Citations of the claims on the page, by the short ids of the claims."""
    embeds: tuple[EmbedOffer, ...] = ()
    """The embeds that the page offers to other sites."""
    card: Callable[[], Card] | None = None
    """Says what stands on its card, where cards are drawn."""
    card_sheet: Callable[[], Markup] | None = None
    """Draws the map on the card, where it is not that of the page."""
    file: str | None = None
    """The path of its file below the output folder, where that is not ``index.html`` at its address; such a
    page may be shown at any address, so its links start at the root of the host."""

    @property
    def name(self) -> str:
        """Return the path of the page's file below the output folder."""
        return self.file or f"{self.view.frame.path}index.html"

    @property
    def template(self) -> str:
        """Return the name of the page's template, without its ending."""
        return self.view.frame.kind


SCENE = "scene."
"""What notes have before the name of a part of a scene that was read."""

Files = Iterable[Page | tuple[str, str | bytes]]
"""Pages, and files below the output folder that no template makes: path, and text or bytes."""


class Scene(Protocol):
    """All that the pages of one language are made from; the routes of a site know what else it holds."""

    @property
    def lens(self) -> Lens:
        """The atlas in this language."""

    @property
    def texts(self) -> Texts:
        """The texts of ``content/``."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A scene that holds nothing but the atlas and the texts."""

    lens: Lens
    lenses: tuple[Lens, ...]
    """Every language, the default first."""
    texts: Texts


class Job(NamedTuple):
    """One thing to make: the language, the name of the route, and the id of what it is about."""

    lang: str
    route: str
    id: str = ""


def _alone(scene: Scene) -> Iterable[str]:
    return ("",)


@dataclass(frozen=True, slots=True)
class Route:
    """One kind of page, or of files."""

    make: Callable[[Any, str], Page | Files]
    """Makes one of the scene of a language and an id."""
    ids: Callable[[Any], Iterable[str]] = _alone
    """What there is to make one of; ids may hold any text that ``make`` understands."""
    once: bool = False
    """Whether it is made for the default language alone, because it holds all languages or none."""
    grouped_with: str = ""
    """The route of pages about the same things, after which its jobs come, to use what was worked out."""


def all_of(made: Page | Files) -> Files:
    """Return the pages and files that a route has made."""
    return (made,) if isinstance(made, Page) else made


def way_to_root(path: str) -> str:
    """Return the relative way from the page at ``path`` to the root of the site."""
    return "../" * path.count("/") or "./"


def jobs(scenes: Sequence[Scene], routes: Mapping[str, Route]) -> Iterator[Job]:
    """Yield what some routes make; what is about the same thing, in all languages, stands together."""
    groups: dict[str, list[str]] = {}
    for name, route in routes.items():
        first = routes.get(route.grouped_with)
        alone = first is None or first.grouped_with  # a group has one route at its head
        groups.setdefault(name if alone else route.grouped_with, []).append(name)
    for names in groups.values():
        ids: dict[tuple[str, str], dict[str, None]] = {}
        for name in names:
            for scene in scenes[:1] if routes[name].once else scenes:
                ids[scene.lens.lang.code, name] = dict.fromkeys(routes[name].ids(scene))
        every = dict.fromkeys(id for its in ids.values() for id in its)
        yield from (Job(*of, id) for id in every for of, its in ids.items() if id in its)
