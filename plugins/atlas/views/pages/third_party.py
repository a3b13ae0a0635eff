"""What a built site carries of others, and under which licence.

``tests/site/test_licences.py`` compares it with the lock of npm, and with the files of a built site.
"""

from __future__ import annotations

from ...model.frozen import dataclass


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
    use: str = ""
    """What the site does with it, in the language of a page."""


CARRIED: tuple[Carried, ...] = (
    Carried(
        name="GeoNames",
        holder="GeoNames",
        licence="CC-BY-4.0",
        url="https://www.geonames.org/",
        terms="https://creativecommons.org/licenses/by/4.0/",
    ),
    Carried(
        name="Natural Earth",
        holder="",
        licence="",
        url="https://www.naturalearthdata.com/",
        terms="https://www.naturalearthdata.com/about/terms-of-use/",
    ),
    Carried(
        name="Unicode CLDR",
        holder="Unicode, Inc.",
        licence="Unicode-3.0",
        url="https://cldr.unicode.org/",
        terms="https://www.unicode.org/license.txt",
    ),
    Carried(
        name="Atkinson Hyperlegible",
        holder="Braille Institute of America, Inc.",
        licence="OFL-1.1",
        url="https://www.brailleinstitute.org/freefont/",
        terms="theme/fonts/LICENSE-atkinson-hyperlegible.txt",
    ),
    Carried(
        name="Brygada 1918",
        holder="The Brygada 1918 Project Authors",
        licence="OFL-1.1",
        url="https://github.com/kosmynkab/Brygada-1918",
        terms="theme/fonts/LICENSE-brygada-1918.txt",
    ),
    Carried(
        name="Leaflet",
        holder="Volodymyr Agafonkin, CloudMade",
        licence="BSD-2-Clause",
        url="https://leafletjs.com/",
        terms="theme/vendor/leaflet/LICENSE.txt",
    ),
    Carried(
        name="Pagefind",
        holder="CloudCannon",
        licence="MIT",
        url="https://pagefind.app/",
        terms="theme/licences/pagefind.txt",
    ),
)
