"""Where a record can be looked up, changed and questioned: the way from a page to a line of the data.

The code host is known by templates of addresses alone, so that any host will do and a site
without one leaves these links out.
"""

from __future__ import annotations

from urllib.parse import quote

from ..findings import Place
from ..model.frozen import Frozen
from .parts import RecordLinks


class CodeHost(Frozen):
    """Templates of addresses on the code host; an empty one is a way that is not offered.

    They may hold ``{code}``, ``{branch}``, ``{path}`` and ``{line}``. ``issue`` is filled in by
    the form, with ``{title}``, ``{body}`` and ``{template}``, each encoded for an address.
    """

    code: str = ""
    """The address of the repository, without a final slash."""
    branch: str = "main"
    edit: str = ""
    history: str = ""
    file: str = ""
    """Shows a file or a folder."""
    issue: str = ""
    """Opens an issue that is written already."""
    issues: str = ""
    """Offers the forms for issues."""
    releases: str = ""
    """Lists the releases, those of editions among them."""
    email: str = ""
    """Where a suggestion can be sent without an account on the host."""
    data: str = "data"
    """The folder of the data as findings show it."""

    @property
    def folder(self) -> str:
        """Return the folder of the data for readers: its name where it lies outside of the repository."""
        return self.data.rstrip("/").rpartition("/")[2] if _outside(self.data) else self.data

    def at(self, template: str, place: Place) -> str | None:
        """Return where ``template`` leads for a place in the data.

        None where the way is not offered, or the data lies outside of the repository.
        """
        if _outside(place.path) or not self.offers(template):
            return None
        return self.filled(template, path=quote(place.path), line=str(place.line))

    def offers(self, template: str) -> bool:
        """Tell whether the template leads anywhere: it is given, and so is the host that it needs."""
        return bool(template) and (bool(self.code) or "{code}" not in template)

    def filled(self, template: str, **values: str) -> str:
        """Return a template with what is known filled in; other braces stay as they are."""
        known = {"code": self.code, "branch": quote(self.branch), **values}
        for name, value in known.items():
            template = template.replace(f"{{{name}}}", value)
        return template


def _outside(path: str) -> bool:
    return path.startswith(("/", "..")) or ":" in path


def record_links(host: CodeHost, place: Place | None, *, correct: str, id: str | None = None) -> RecordLinks:
    """Return the links of the record at ``place``; ``correct`` is the form's address for it."""
    if place is None:
        return RecordLinks(correct=correct, id=id)
    return RecordLinks(
        correct=correct, edit=host.at(host.edit, place), history=host.at(host.history, place), id=id
    )
