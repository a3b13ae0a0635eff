"""The page that lists the licences of everything that the site is made of."""

from __future__ import annotations

from ...languages.words import Link
from ...model.frozen import dataclass
from ..lens import Lens
from ..parts import PageView
from ..sections import page_frame
from .third_party import CARRIED, Carried

_AGPL = ("AGPL-3.0-or-later", "https://www.gnu.org/licenses/agpl-3.0.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRow:
    """One thing, whose it is, and its licence with the way to its text."""

    name: str
    use: str
    """What the site does with it."""
    url: str
    """Where it comes from; nothing where it is ours."""
    holder: str
    licence: str
    text: Link | None = None
    """The text of the licence on this site."""
    text_url: str = ""
    """The text of the licence on another site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicencesPage(PageView):
    """What is ours, and what comes from others."""

    ours: tuple[LicenceRow, ...]
    others: tuple[LicenceRow, ...]
    code_url: str | None
    """Where the source of this site is, which the licence of the code asks for."""


def licences_page(lens: Lens) -> LicencesPage:
    """Return the page; ``carried.CARRIED`` says what comes from others."""
    t = lens.lang.t
    summary = t(
        "Everything that this site is made of, whose it is, and under which terms it may be used again."
    )
    data = (lens.about.licence.id, lens.about.licence.url)
    ours = tuple(
        LicenceRow(name=name, use=use, url="", holder=lens.publisher, licence=licence, text_url=url)
        for name, use, (licence, url) in (
            (
                t("Data"),
                t("Every record, list and file in the downloads. Name the atlas as the source."),
                data,
            ),
            (
                t("Texts, maps and drawings"),
                t("What is written here, and the pictures made from the data."),
                data,
            ),
            # Translators: The software that makes the pages, in a table of licences.
            (t("Program"), t("Scripts, styles and templates, and the program that made the pages."), _AGPL),
        )
    )
    uses = {
        "GeoNames": t("Coordinates, populations and identifiers of places."),
        "Natural Earth": t("Coasts and borders of the base maps."),
        "Unicode CLDR": t("Names of countries and languages, and how dates and numbers are written."),
        "Atkinson Hyperlegible": t("The typeface of the text."),
        "Brygada 1918": t("The typeface of the headings."),
        "Leaflet": t("Moves the interactive map."),
        "Pagefind": t("Searches in the browser, without a server."),
    }
    others = tuple(_row(lens, one, uses[one.name]) for one in CARRIED)
    return LicencesPage(
        frame=page_frame(lens, "licences", "licences", lead=(summary,)),
        ours=ours,
        others=others,
        code_url=lens.host.code or None,
    )


def _row(lens: Lens, one: Carried, use: str) -> LicenceRow:
    licence = one.licence or lens.lang.t("public domain")
    outside = one.terms.startswith("https://")
    return LicenceRow(
        name=one.name,
        use=use,
        url=one.url,
        holder=one.holder,
        licence=licence,
        text=None if outside else Link(text=licence, href=one.terms),
        text_url=one.terms if outside else "",
    )
