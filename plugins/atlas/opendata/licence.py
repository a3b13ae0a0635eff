"""The terms of the data in plain text, in every language, with the line to put beside what is reused."""

from __future__ import annotations

from collections.abc import Sequence

from ..views.lens import Lens

LICENCE = "data/LICENSE.txt"
ATTRIBUTION = "data/ATTRIBUTION.txt"


def attribution(lens: Lens) -> str:
    """Return the line that whoever reuses the data puts beside them."""
    where = f", {lens.siteurl}/" if lens.siteurl else ""
    return lens.lang.t(
        "%(atlas)s%(where)s, edition %(edition)s, licence %(licence)s (%(deed)s). "
        "Coordinates and populations: GeoNames, CC BY 4.0.",
        atlas=lens.name,
        where=where,
        edition=lens.version,
        licence=lens.about.licence.name,
        deed=lens.about.licence.url,
    )


def attribution_file(lenses: Sequence[Lens]) -> bytes:
    """Return that line in every language, one a line."""
    return "".join(f"{attribution(lens)}\n" for lens in lenses).encode()


def licence_file(lenses: Sequence[Lens]) -> bytes:
    """Return what is allowed, on what condition, and whose data are in it, in every language."""
    return "\n".join("\n".join(_terms(lens)) + "\n" for lens in lenses).encode()


def _text(lens: Lens) -> str:
    """Return where the text of the licence is, in the language of the page where it is translated."""
    url = lens.about.licence.url
    return f"{url}legalcode.{lens.lang.code}" if url.startswith("https://creativecommons.org/") else url


def _terms(lens: Lens) -> Sequence[str]:
    t = lens.lang.t
    return (
        t("Licence of the data"),
        "",
        t("The licence of the data is %(licence)s.", licence=lens.about.licence.name),
        _text(lens),
        "",
        t("You may copy, change and publish them, also for money, if you name the source. For example:"),
        attribution(lens),
        "",
        t("Coordinates, populations and place ids come from GeoNames (geonames.org), CC BY 4.0."),
        t("Name GeoNames wherever they are shown."),
        t(
            "The other facts come from the documents listed in sources.csv; "
            "their texts belong to their authors."
        ),
        t("The data come as they are, without warranty: every claim names the source to check it by."),
    )
