"""An edition in a store: what changed is sent, and nothing that readers see is touched before all is there.

The object store is real as far as it can be on one machine: a server that speaks the language of S3.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import fsspec
import pytest
from tests.objects import bucket, s3
from tests.project import Project

from atlas.build import store_release as module
from atlas.errors import EnvironmentFault, InternalError, UsageError
from atlas.build.store_release import CHANGED, MANIFEST, NEXT, SWITCH, Publication, in_order, read_manifest
from atlas.build.folder_swap import MARKER, Unpublishable
from atlas.build.stores import Store, batches, media_type, store

__all__ = ["bucket", "s3"]

OLD = {"index.html": b"home, old", "a/index.html": b"a", "b/index.html": b"b", "theme/x.css": b"p{}"}
NEW = {"index.html": b"home, new", "a/index.html": b"a", "c/index.html": b"c", "theme/y.css": b"q{}"}


BOTH = pytest.mark.parametrize("place", ["folder", "objects"], indirect=True)


@pytest.fixture(params=["folder", pytest.param("objects", marks=pytest.mark.proof)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return store(f"file://{tmp_path}/shared/site")
    return store(f"{request.getfixturevalue('bucket')}/site")


def staged(place: Store, files: dict[str, bytes]) -> Publication:
    edition = Publication(place)
    edition.take(edition.stage.put(files))
    return edition


def seen(place: Store) -> dict[str, bytes]:
    """Return what readers see."""
    return {path: place.get(path) or b"" for path in place.paths() if not path.startswith(".atlas/")}


def kept(place: Store) -> list[str]:
    return sorted(path for path in place.paths() if path.startswith(".atlas/"))


class Watched:
    """Notes what is sent to a store."""

    def __init__(self, place: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.put: list[str] = []
        put = place.put

        def note(files: dict[str, bytes]) -> None:
            self.put += [path for path in files if path.startswith(NEXT)]
            put(files)

        monkeypatch.setattr(place, "put", note)


def test_the_first_edition(place: Store) -> None:
    assert str(staged(place, OLD).publish()) == "4 files written, 0 removed, 0 as they were"
    assert seen(place) == OLD
    assert kept(place) == [CHANGED, MANIFEST]
    manifest = place.get(MANIFEST)
    assert manifest is not None
    assert {path: each.size for path, each in read_manifest(manifest).items()} == {
        k: len(v) for k, v in OLD.items()
    }


@BOTH
def test_only_what_changed_is_sent_and_what_is_gone_is_removed(
    place: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged(place, OLD).publish()
    watched = Watched(place, monkeypatch)
    edition = staged(place, NEW)
    assert sorted(path.split("/", 3)[3] for path in watched.put) == [
        "c/index.html",
        "index.html",
        "theme/y.css",
    ]
    assert seen(place) == OLD
    assert edition.publish() == (3, 2, 1)
    assert seen(place) == NEW
    assert place.get(CHANGED) == b"b/index.html\nc/index.html\nindex.html\ntheme/x.css\ntheme/y.css\n"
    assert kept(place) == [CHANGED, MANIFEST]


def test_the_same_edition_again_sends_nothing(place: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    staged(place, OLD).publish()
    before = {path: place.get(path) for path in kept(place)}
    watched = Watched(place, monkeypatch)
    assert staged(place, OLD).publish() == (0, 0, 4)
    assert watched.put == []
    assert {path: place.get(path) for path in kept(place)} == before


def test_a_build_that_fails_leaves_the_old_edition(place: Store) -> None:
    staged(place, OLD).publish()
    edition = Publication(place)
    edition.take(edition.stage.put({"index.html": b"half of it"}))
    edition.discard()
    assert seen(place) == OLD
    assert kept(place) == [CHANGED, MANIFEST]


def test_a_build_that_was_killed_leaves_no_more_than_what_the_next_one_clears(place: Store) -> None:
    staged(place, OLD).publish()
    staged(place, NEW)  # and no more is heard of it
    assert seen(place) == OLD
    assert any(path.startswith(NEXT) for path in kept(place))
    staged(place, NEW).publish()
    assert kept(place) == [CHANGED, MANIFEST]


@pytest.mark.parametrize(
    ("place", "step"),
    [
        *(("folder", step) for step in range(6)),
        ("objects", 1),
        *(pytest.param("objects", step, marks=pytest.mark.proof) for step in (0, 2, 3, 4, 5)),
    ],
    indirect=["place"],
)
def test_a_switch_that_is_cut_short_is_finished_by_the_next_publication(
    place: Store, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged(place, OLD).publish()
    edition = staged(place, NEW)
    calls = 0

    def cut(do: Callable[..., None]) -> Callable[..., None]:
        def counted(*arguments: Any) -> None:
            nonlocal calls
            if calls == step:
                raise EnvironmentFault(f"{place.url}: connection reset")
            calls += 1
            do(*arguments)

        return counted

    with monkeypatch.context() as patched:
        for name in ("move_in", "remove", "put"):
            patched.setattr(place, name, cut(getattr(place, name)))
        with pytest.raises(EnvironmentFault) as raised:
            edition.publish()
    assert str(raised.value) == (
        f"{place.url}: connection reset\n"
        "The edition is stored whole, but not all of it is in its place: publish again to finish"
    )
    # In between every page is there, whole, of one edition or the other; and so is what it links to.
    for path in OLD.keys() & NEW.keys():
        assert place.get(path) in (OLD[path], NEW[path])
    between = seen(place)
    if between.get("c/index.html"):
        assert "theme/y.css" in between
    if between["index.html"] == OLD["index.html"]:
        assert {"b/index.html", "theme/x.css"} <= between.keys()
    edition.discard()  # what a failed build does must not take away what is needed to finish
    again = Publication(store(place.url))
    assert again.resumed
    assert seen(place) == NEW
    assert kept(place) == [CHANGED, MANIFEST]
    again.take(again.stage.put(NEW))
    assert again.publish() == (0, 0, 4)


def test_two_at_once_cannot_mix(place: Store) -> None:
    staged(place, OLD).publish()
    one, other = staged(place, NEW), staged(place, {**OLD, "d/index.html": b"d"})
    one.publish()
    with pytest.raises(
        EnvironmentFault, match=r"another edition was published meanwhile; nothing was published, build"
    ):
        other.publish()
    assert seen(place) == NEW
    place.create(SWITCH, b"somebody's")
    with pytest.raises(
        EnvironmentFault, match=r"another publication is being finished; nothing was published$"
    ):
        other.publish()


def test_what_others_put_there_is_not_touched(place: Store) -> None:
    place.put({"holiday/photo.png": b"sun"})
    with pytest.raises(UsageError) as raised:
        Publication(place)
    assert str(raised.value) == (
        f"{place.url} holds files that the atlas did not put there; "
        "choose another place, or empty it yourself"
    )


def test_a_manifest_that_cannot_be_read_stops(place: Store) -> None:
    place.put({MANIFEST: b"{"})
    with pytest.raises(
        EnvironmentFault, match=r"manifest\.json cannot be read \(.*\); nothing was published$"
    ):
        Publication(place)


def test_a_folder_of_this_machine_is_added(
    place: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, content in {**OLD, MARKER: b"ours"}.items():
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_bytes(content)
    monkeypatch.setattr(module, "_MOST", 6)
    edition = Publication(place)
    edition.add(tmp_path / "out")
    edition.publish()
    assert seen(place) == OLD


def test_what_was_staged_and_what_stays_can_be_read(place: Store) -> None:
    staged(place, OLD).publish()
    edition = staged(place, NEW)
    assert {path: edition.read(path) for path in NEW} == NEW


def test_a_file_is_made_once(tmp_path: Path) -> None:
    edition = staged(store(f"file://{tmp_path}/site"), OLD)
    with pytest.raises(InternalError, match=r"^a/index\.html is made twice; nothing was published$"):
        edition.take(edition.stage.put({"a/index.html": b"again"}))


def test_names_that_differ_only_in_case_are_refused(tmp_path: Path) -> None:
    place = store(f"file://{tmp_path}/site")
    edition = staged(place, {"a/X.html": b"", "a/x.html": b"", ".atlas/z": b""})
    with pytest.raises(Unpublishable) as raised:
        edition.publish()
    assert str(raised.value) == (
        ".atlas/z: kept for the store itself\n"
        "a/X.html and a/x.html: differ only in case\nnothing was published"
    )


def test_pages_come_after_what_they_need() -> None:
    assert in_order(["b.html", "x.css", "a.html", "z/data.json"]) == [
        "x.css",
        "z/data.json",
        "a.html",
        "b.html",
    ]


def test_objects_say_what_they_are(bucket: str) -> None:
    place = store(bucket)
    staged(
        place, {"index.html": b"<!doctype html>", "data/a.csv": b"id\n", "x/y.woff2": b"", "_headers": b""}
    ).publish()
    files = fsspec.filesystem("s3", skip_instance_cache=True, use_listings_cache=False)
    told = {
        path: files.call_s3("head_object", Bucket="atlas", Key=path)
        for path in read_manifest(place.get(MANIFEST) or b"")
    }
    assert {path: each["ContentType"] for path, each in told.items()} == {
        "_headers": "text/plain; charset=utf-8",
        "data/a.csv": "text/csv; charset=utf-8",
        "index.html": "text/html; charset=utf-8",
        "x/y.woff2": "font/woff2",
    }
    assert {each["CacheControl"] for each in told.values()} == {"public, max-age=300"}


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("map/data.geojson", "application/geo+json"),
        ("feeds/all.xml", "application/xml"),
        ("feeds/due.ics", "text/calendar; charset=utf-8"),
        ("pagefind/wasm.en.pagefind", "application/octet-stream"),
        ("LICENSE", "application/octet-stream"),
        ("README.md", "text/markdown; charset=utf-8"),
    ],
)  # fmt: skip
def test_media_types(path: str, media: str) -> None:
    assert media_type(path) == media


@pytest.mark.parametrize(
    "url",
    [
        "",
        "output",
        "/srv/atlas",
        "s3://",
        "file://",
        "file:///",
        "file://host/a",
        "gs://bucket/a",
        "s3://b/a?x=1",
    ],
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError) as raised:
        store(url)
    assert str(raised.value) == (
        f"ATLAS_STORE is {url!r}; write it like s3://bucket/prefix, or file:///srv/atlas for a folder"
    )


def test_a_bucket_that_is_not_there(bucket: str) -> None:
    with pytest.raises(EnvironmentFault, match=r"^s3://elsewhere/site: .*bucket does not exist"):
        Publication(store("s3://elsewhere/site")).publish()


def test_no_credentials_travel(bucket: str) -> None:
    place = store(f"{bucket}/site")
    place.put({"x": b"1"})
    sent = pickle.dumps(place)
    assert b"nobody" not in sent and b"nothing" not in sent
    assert pickle.loads(sent).get("x") == b"1"


def test_batches() -> None:
    sizes = {"a": 4, "b": 3, "c": 9, "d": 1}
    cut: Sequence[Sequence[str]] = list(batches(sizes, sizes, 7))
    assert cut == [["a", "b"], ["c"], ["d"]]
    assert list(batches([], {}, 7)) == []


def test_the_manifest_is_plain(tmp_path: Path) -> None:
    place = store(f"file://{tmp_path}/site")
    staged(place, {"é.html": b"1"}).publish()
    digest = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    assert json.loads((tmp_path / "site" / MANIFEST).read_text("utf-8")) == {
        "files": {"é.html": [digest, 1]}, "format": 1
    }  # fmt: skip


def test_a_build_goes_into_the_store_instead_of_the_output_folder(tmp_path: Path) -> None:
    project, place = Project(tmp_path / "project"), store(f"file://{tmp_path}/shared/site")
    done = project.build(ATLAS_STORE=place.url, BODY="old")
    assert (done.returncode, done.stderr) == (0, f"{place.url}: 3 files written, 0 removed, 0 as they were\n")
    assert not project.output.exists()
    assert project.leftovers() == []
    assert seen(place) == {f"{n}/index.html": b"%d old" % n for n in range(3)}


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        ("n == 1 and 1 / 0", 70, "ZeroDivisionError"),
        ("n == 1 and os.kill(os.getpid(), 15)", 143, "Stopped; nothing was published."),
        ("n == 1 and os.symlink('x', output / 'y')", 1, "y: a symbolic link\nnothing was published"),
    ],
)
def test_a_build_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, fault: str, code: int, told: str
) -> None:
    project, place = Project(tmp_path / "project"), store(f"file://{tmp_path}/shared/site")
    project.build(ATLAS_STORE=place.url, BODY="old")
    before = {path: place.get(path) for path in place.paths()}
    project.plugin(fault)
    done = project.build(ATLAS_STORE=place.url)
    assert done.returncode == code
    assert told in done.stderr
    assert {path: place.get(path) for path in place.paths()} == before
    assert project.leftovers() == []


def test_a_store_that_cannot_be_reached_stops_the_build_at_once(tmp_path: Path) -> None:
    (tmp_path / "shared").write_text("no folder")
    project = Project(tmp_path / "project")
    done = project.build(ATLAS_STORE=f"file://{tmp_path}/shared/site/.atlas", BODY="old")
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith(f"file://{tmp_path}/shared/site/.atlas: ")
    assert project.leftovers() == []
