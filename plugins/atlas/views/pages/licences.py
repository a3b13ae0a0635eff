"""The page that lists the licences of everything that the site is made of."""

from __future__ import annotations

from dataclasses import replace

from ...model.frozen import dataclass
from ..lens import Lens
from ..parts import PageView
from ..sections import page_frame
from .third_party import CARRIED, Carried

_AGPL = ("AGPL-3.0-or-later", "https://www.gnu.org/licenses/agpl-3.0.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class LicencesPage(PageView):
    """What is ours, and what comes from others."""

    ours: tuple[Carried, ...]
    others: tuple[Carried, ...]
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
        Carried(name=name, use=use, url="", holder=lens.publisher, licence=licence, terms=url)
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
    others = (replace(one, use=uses[one.name], licence=one.licence or t("public domain")) for one in CARRIED)
    return LicencesPage(
        frame=page_frame(lens, "licences", "licences", lead=(summary,)),
        ours=ours,
        others=tuple(others),
        code_url=lens.host.code or None,
    )
