"""The line to put beside what is reused of the data, in every language."""

from __future__ import annotations

from collections.abc import Sequence

from ..views.lens import Lens

ATTRIBUTION = "data/ATTRIBUTION.txt"


def attribution(lens: Lens) -> str:
    """Return the line that whoever reuses the data puts beside them."""
    where = f", {lens.siteurl}/" if lens.siteurl else ""
    return lens.lang.phrase(
        "licences/attribution",
        atlas=lens.name,
        where=where,
        edition=lens.version,
        licence=lens.about.licence.name,
        deed=lens.about.licence.url,
    )


def attribution_file(lenses: Sequence[Lens]) -> bytes:
    """Return that line in every language, one a line."""
    return "".join(f"{attribution(lens)}\n" for lens in lenses).encode()
