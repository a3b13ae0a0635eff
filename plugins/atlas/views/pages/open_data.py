"""The page of the open data: what there is to download or ask for, what for, how large, on what terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ...dataset.file_formats import Download
from ...languages.wordings import wordings
from ...languages.words import Link
from ...model.frozen import Frozen
from ..lens import Lens
from ..parts import Group, ListEntry, PageView
from ..sections import page_frame

SPREADSHEETS = "data/spreadsheets/"


class DownloadOffer(Frozen):
    """One thing to download, in one file or several."""

    use: str
    """What it is for, in a sentence."""
    files: tuple[ListEntry, ...]
    """Each with its format and size: "CSV, 457 kB"."""
    summary: str = ""
    """What stands for the files where they are many: how many, of which format, how large."""


class DataPage(PageView):
    """Everything that can be downloaded or asked for."""

    whole: tuple[DownloadOffer, ...]
    """The atlas in one file, by what one wants to do with it."""
    described: tuple[DownloadOffer, ...]
    """What says what is in the files, on what terms, and that they came whole."""
    files: tuple[Group[DownloadOffer], ...]
    """The files of the repository by folder; tables also for spreadsheets."""
    edition: str
    """The name of the edition, or nothing while somebody is still working on it."""
    editions: str
    """The address of the page of all editions."""
    example: str
    """The id of a city, to explain addresses by."""
    licence: str
    """The name of the licence of the data."""


def data_page(lens: Lens, downloads: Sequence[Download]) -> DataPage:
    """Return the page of ``downloads``; what is not among them is not offered."""
    lang = lens.lang
    lead = lang.t("The whole dataset as it stands in the repository, to read, reuse and correct.")
    known = {one.path: one for one in downloads}
    return DataPage(
        frame=page_frame(lens, "data", "data", lead=(lead,)),
        whole=_offers(lens, known, wordings("downloads")),
        described=_offers(lens, known, wordings("descriptions")),
        files=tuple(_folders(lens, known, [one for one in downloads if not one.made])),
        edition=lens.edition,
        editions=lens.href("data/editions"),
        example=next(iter(lens.atlas.cities), "ID"),
        licence=lens.about.licence.name,
    )


def _offers(lens: Lens, known: Mapping[str, Download], uses: Mapping[str, str]) -> tuple[DownloadOffer, ...]:
    """Return what is known of some offers; one that is a folder has all its files."""
    found = (
        (use, [one for path, one in known.items() if _is_or_within(path, name)]) for name, use in uses.items()
    )
    return tuple(_offer(lens, lens.lang.t(use), some) for use, some in found if some)


def _offer(lens: Lens, use: str, files: Sequence[Download]) -> DownloadOffer:
    if len(files) == 1:
        return DownloadOffer(use=use, files=(_link(lens, files[0]),))
    summary = lens.lang.phrase(
        "data/files",
        len(files),
        format=files[0].format.name,
        size=lens.lang.file_size(sum(one.size for one in files)),
    )
    links = tuple(_link(lens, one, one.path.rpartition("/")[2]) for one in files)
    return DownloadOffer(use=use, files=links, summary=summary)


def _is_or_within(path: str, name: str) -> bool:
    return path.startswith(name) if name.endswith("/") else path == name


def _folders(
    lens: Lens, known: Mapping[str, Download], downloads: Sequence[Download]
) -> Iterator[Group[DownloadOffer]]:
    """Yield the files of each folder; those in none come first."""
    by_folder = sorted(downloads, key=_folder)
    for folder, files in groupby(by_folder, _folder):
        yield lens.group(folder, folder, (_raw(lens, known, one) for one in files))


def _folder(one: Download) -> str:
    return one.path.removeprefix("data/").rpartition("/")[0]


def _raw(lens: Lens, known: Mapping[str, Download], one: Download) -> DownloadOffer:
    name = one.path.removeprefix("data/")
    links = [_link(lens, one, name.rpartition("/")[2])]
    if sheet := known.get(SPREADSHEETS + name):
        links.append(_link(lens, sheet, lens.lang.t("for spreadsheets")))
    return DownloadOffer(use=_what_it_holds(lens, name), files=tuple(links))


def _link(lens: Lens, one: Download, text: str = "") -> ListEntry:
    link = Link(text=text or one.path.removeprefix("data/"), href=one.path)
    return ListEntry(link=link, note=f"{one.format.name}, {lens.lang.file_size(one.size)}")


def _what_it_holds(lens: Lens, file: str) -> str:
    lang = lens.lang
    folder, _, name = file.rpartition("/")
    instrument = lens.atlas.instruments.get(name.rpartition(".")[0])
    if folder == "commitments" and instrument:
        return lang.t("Cities in: %(name)s", name=lens.instrument_name(instrument).text)
    if folder == "lists" and instrument:
        return lang.t("What it lists itself: %(name)s", name=lens.instrument_name(instrument).text)
    if folder in ("networks", "charters") and instrument:
        return lens.instrument_name(instrument).text
    action = lens.atlas.actions.get(name.rpartition(".")[0])
    if folder == "actions" and action:
        return lang.text(action.title)
    message = wordings("files_of_the_dataset").get(file)
    return lang.t(message) if message else ""
