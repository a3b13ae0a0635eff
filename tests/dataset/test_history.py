"""What git is asked: revisions are read without a checkout."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.repository import GOOD, edit, git, repository

from atlas.changes.history.edition import edition
from atlas.dataset.history import git as history
from atlas.dataset.history.git import find_revision, read_revision
from atlas.errors import EnvironmentFault, UsageError

TODAY = date(2026, 2, 1)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return repository(tmp_path, monkeypatch)


def test_a_revision_is_read_without_a_checkout(data: Path) -> None:
    shutil.rmtree(data / "actions")
    edit(data / "cities.csv", "Q3935", "Q1")
    before = git("status", "--porcelain")
    one = edition(data, "HEAD", TODAY)
    assert (one.day, len(one.atlas.actions), one.atlas.cities["windhoek"].wikidata) == (
        date(2026, 1, 20),
        3,
        "Q3935",
    )
    assert one.left_out == frozenset()
    assert git("status", "--porcelain") == before


def test_the_working_tree_is_an_edition_of_today(data: Path) -> None:
    edit(data / "cities.csv", "Q3935", "Q1")
    one = edition(data, None, TODAY)
    assert (one.commit, one.day, one.atlas.cities["windhoek"].wikidata) == ("", TODAY, "Q1")


def test_links_and_strangers_in_a_revision_are_never_read(data: Path) -> None:
    secret = data.parent / "secret.yaml"
    secret.write_text("kind: network\n")
    (data / "networks/stolen.yaml").symlink_to(secret.absolute())
    (data / "notes.txt").write_text("not data\n")
    (data / "deep").mkdir()
    (data / "deep/cities.csv").write_text("id\n")
    git("add", "data")
    git("commit", "-qm", "odd")
    read = read_revision(data, find_revision(data, "HEAD"))
    assert read.findings == []
    assert set(read.networks) == {"rights-commission", "welcome"}


def test_a_revision_with_wrong_values_is_read_as_far_as_it_can_be(data: Path) -> None:
    edit(data / "commitments/equality.csv", "windhoek,signatory,2022,", "windhoek,signatory,2022-13,")
    edit(data / "actions/lodz-team.yaml", "'2019'", "last year")
    (data / "commitments/old-pact.csv").write_bytes(b"\xff\xfe")
    git("commit", "-qam", "broken")
    one = edition(data, "HEAD", TODAY)
    assert one.left_out == {
        "commitments/equality:windhoek",
        "commitments/old-pact:*",
        "actions/lodz-team",
    }
    assert "krakow" in one.atlas.cities


def test_without_a_vocabulary_nothing_can_be_compared(data: Path) -> None:
    (data / "vocabulary.yaml").write_text("- 1\n")
    with pytest.raises(UsageError, match=r"data/vocabulary\.yaml: cannot be read, so nothing can be"):
        edition(data, None, TODAY)


@pytest.mark.parametrize("name", ["nowhere", "--output=stolen", "HEAD~7"])
def test_a_revision_that_does_not_exist(data: Path, name: str) -> None:
    with pytest.raises(UsageError, match=f"^{name}: no such revision in this repository$"):
        find_revision(data, name)
    assert not Path("stolen").exists()


def test_a_shallow_clone_says_how_to_get_the_rest(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(data / "cities.csv", "Q3935", "Q1")
    git("commit", "-qam", "second")
    git("clone", "-q", "--depth=1", f"file://{tmp_path}", "clone")
    monkeypatch.chdir(tmp_path / "clone")
    assert find_revision(data, "HEAD").day == date(2026, 1, 20)
    with pytest.raises(
        UsageError, match="clone is shallow: git fetch --unshallow brings the rest of the history"
    ):
        find_revision(data, "HEAD~1")


def test_before_the_first_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    git("init", "-q")
    with pytest.raises(UsageError, match=r"HEAD: no such revision .*; nothing has been committed yet"):
        find_revision(Path("data"), "HEAD")


def test_an_unpacked_archive_has_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shutil.copytree(GOOD, "data")
    with pytest.raises(UsageError, match="data: not in a git repository"):
        find_revision(Path("data"), "HEAD")


def test_without_git(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(data))
    with pytest.raises(EnvironmentFault, match="git is not installed, so there is no former revision"):
        find_revision(data, "HEAD")


def test_a_revision_before_the_data(data: Path) -> None:
    git("checkout", "-q", "--orphan", "other")
    git("rm", "-rqf", ".")
    Path("readme").write_text("x")
    git("add", "readme")
    git("commit", "-qm", "other")
    shutil.copytree(GOOD, "data")
    with pytest.raises(UsageError, match="HEAD: there is no data in data at this revision"):
        read_revision(data, find_revision(data, "HEAD"))


def test_git_is_asked_nowhere_else() -> None:
    asking = {
        path.name
        for path in Path(history.__file__).parent.rglob("*.py")
        if '"git"' in path.read_text("utf-8") and "subprocess" in path.read_text("utf-8")
    }
    assert asking == {"git.py"}
