"""The page that lists the licences of everything that the site is made of."""

from __future__ import annotations

from dataclasses import replace

from ...languages.catalogue import _
from ...model.frozen import dataclass
from ..lens import Lens
from ..parts import PageView
from ..sections import page_frame

_AGPL = ("AGPL-3.0-or-later", "https://www.gnu.org/licenses/agpl-3.0.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One thing that is published with the site, of ours or of others."""

    name: str
    holder: str
    """Whose it is, as its licence says; nothing where nobody has to be named."""
    licence: str
    """The identifier that SPDX gives to the licence, or nothing for the public domain."""
    url: str
    """Where it comes from; nothing where it is ours."""
    terms: str
    """The text of the licence: a path below the root of the site, or an address of another site."""
    use: str
    """What the site does with it."""


CARRIED: tuple[Carried, ...] = (
    Carried(
        name="GeoNames",
        use=_("Coordinates, populations and identifiers of places."),
        holder="GeoNames",
        licence="CC-BY-4.0",
        url="https://www.geonames.org/",
        terms="https://creativecommons.org/licenses/by/4.0/",
    ),
    Carried(
        name="Natural Earth",
        use=_("Coasts and borders of the base maps."),
        holder="",
        licence="",
        url="https://www.naturalearthdata.com/",
        terms="https://www.naturalearthdata.com/about/terms-of-use/",
    ),
    Carried(
        name="Unicode CLDR",
        use=_("Names of countries and languages, and how dates and numbers are written."),
        holder="Unicode, Inc.",
        licence="Unicode-3.0",
        url="https://cldr.unicode.org/",
        terms="https://www.unicode.org/license.txt",
    ),
    Carried(
        name="Atkinson Hyperlegible",
        use=_("The typeface of the text."),
        holder="Braille Institute of America, Inc.",
        licence="OFL-1.1",
        url="https://www.brailleinstitute.org/freefont/",
        terms="theme/fonts/LICENSE-atkinson-hyperlegible.txt",
    ),
    Carried(
        name="Brygada 1918",
        use=_("The typeface of the headings."),
        holder="The Brygada 1918 Project Authors",
        licence="OFL-1.1",
        url="https://github.com/kosmynkab/Brygada-1918",
        terms="theme/fonts/LICENSE-brygada-1918.txt",
    ),
    Carried(
        name="Leaflet",
        use=_("Moves the interactive map."),
        holder="Volodymyr Agafonkin, CloudMade",
        licence="BSD-2-Clause",
        url="https://leafletjs.com/",
        terms="theme/vendor/leaflet/LICENSE.txt",
    ),
    Carried(
        name="Pagefind",
        use=_("Searches in the browser, without a server."),
        holder="CloudCannon",
        licence="MIT",
        url="https://pagefind.app/",
        terms="theme/licences/pagefind.txt",
    ),
)
"""What a built site carries of others; tests/site/test_licences.py compares it with the lock of npm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicencesPage(PageView):
    """What is ours, and what comes from others."""

    ours: tuple[Carried, ...]
    others: tuple[Carried, ...]
    code_url: str | None
    """Where the source of this site is, which the licence of the code asks for."""


def licences_page(lens: Lens) -> LicencesPage:
    """Return the page; ``CARRIED`` says what comes from others."""
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
    others = (replace(one, use=t(one.use), licence=one.licence or t("public domain")) for one in CARRIED)
    return LicencesPage(
        frame=page_frame(lens, "licences", "licences", lead=(summary,)),
        ours=ours,
        others=tuple(others),
        code_url=lens.host.code or None,
    )
