"""The page that lists the licences of everything that the site is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...model.frozen import Frozen
from ..lens import Lens
from ..parts import PageView
from ..sections import page_frame


class Carried(Frozen):
    """One thing that is published with the site, of ours or of others."""

    name: str
    use: str
    """What the site does with it."""
    holder: str = ""
    """Whose it is, as its licence says; nothing where nobody has to be named."""
    licence: str = ""
    """The identifier that SPDX gives to the licence, or nothing for the public domain."""
    url: str = ""
    """Where it comes from; nothing where it is ours."""
    terms: str = ""
    """The text of the licence: a path below the root of the site, or an address of another site."""


class LicencesPage(PageView):
    """What is ours, and what comes from others."""

    ours: tuple[Carried, ...]
    others: tuple[Carried, ...]
    code_url: str | None
    """Where the source of this site is, which the licence of the code asks for."""


def licences_page(lens: Lens, ours: Iterable[Carried], others: Iterable[Carried]) -> LicencesPage:
    """Return the page; what is ``ours`` and says nothing else is under the licence of the data."""
    t, data = lens.lang.t, lens.about.licence
    made = (
        replace(
            one,
            name=t(one.name),
            use=t(one.use),
            holder=lens.publisher,
            licence=one.licence or data.id,
            terms=one.terms or data.url,
        )
        for one in ours
    )
    taken = (replace(one, use=t(one.use), licence=one.licence or t("public domain")) for one in others)
    return LicencesPage(
        frame=page_frame(lens, "licences", "licences", lead=(lens.lang.phrase("licences/lead"),)),
        ours=tuple(made),
        others=tuple(taken),
        code_url=lens.host.code or None,
    )
