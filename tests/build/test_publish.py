"""The site is published whole or not at all, whatever happens to the build.

Each test runs Pelican in a process of its own on a tiny project that uses
nothing of the atlas but ``publish``.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.project import PATIENCE, Project, Published, refused, wait_for, wait_until, with_site

from atlas.build import clock, processes
from atlas.build import folder_swap as staging
from atlas.errors import EnvironmentFault, UsageError
from atlas.output_paths import write_file


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def published(project: Project) -> Published:
    return with_site(project)


def test_a_good_build_replaces_the_whole_site(published: Published) -> None:
    project, before = published
    assert before["0/index.html"] == b"0 old"
    assert project.build(PAGES="2").returncode == 0
    assert sorted(project.site()) == [".atlas-output", "0/index.html", "1/index.html"]
    assert project.leftovers() == []


def test_an_empty_output_folder_is_used(project: Project) -> None:
    project.output.mkdir()
    assert project.build().returncode == 0
    assert "0/index.html" in project.site()


def test_an_output_folder_may_be_a_link(project: Project) -> None:
    elsewhere = project.root / "elsewhere"
    elsewhere.mkdir()
    project.output.symlink_to(elsewhere)
    for _ in range(2):
        assert project.build().returncode == 0
    assert project.output.is_symlink()
    assert (elsewhere / "0/index.html").is_file()


def test_an_exception_in_a_generator_publishes_nothing(published: Published) -> None:
    published[0].plugin("n == 1 and 1 / 0")
    refused(published, 70, "ZeroDivisionError", "nothing was published")


def test_findings_are_printed_without_a_traceback(published: Published) -> None:
    fault = (
        "from atlas.build.folder_swap import Unpublishable; "
        "raise Unpublishable('data/cities.csv:2:1: E-ID ...')"
    )
    published[0].plugin(fault)
    said = refused(published, 1, "data/cities.csv:2:1: E-ID")
    assert "Traceback" not in said
    assert said.count("E-ID") == 1


def test_a_template_that_raises_names_the_page(published: Published) -> None:
    project, _ = published
    template = project.template
    template.write_text("fine\n{% if n == 2 %}{{ nobody }}{% endif %}")
    said = refused(published, 70, "2/index.html: theme/templates/row.html:2: UndefinedError")
    assert "Traceback" not in said


def test_a_template_with_a_syntax_error_names_the_line(published: Published) -> None:
    published[0].template.write_text("fine\n{% if %}")
    refused(published, 70, "theme/templates/row.html:2: TemplateSyntaxError")


def test_a_page_that_pelican_drops_publishes_nothing(published: Published) -> None:
    (published[0].root / "content/pages/untitled.md").write_text("date: yesterday or so\n\nNo title.")
    refused(published, 1, "untitled.md", "nothing was published")


def test_every_fault_of_the_prose_is_told(published: Published) -> None:
    pages = published[0].root / "content/pages"
    (pages / "one.md").write_text("no metadata at all")
    (pages / "two.md").write_text("title: Two\n\n[lost]({filename}/pages/nowhere.md)")
    (pages / "three.rst").write_text("Three\n#####\n")
    refused(published, 1, "one.md", "nowhere.md", "nothing was published")


def test_prose_cannot_leave_the_output_folder(published: Published) -> None:
    project, _ = published
    (project.root / "content/pages/evil.md").write_text("title: Evil\nsave_as: ../../evil.html\n\nOut.")
    refused(published, 1, "evil")
    assert not (project.root / "evil.html").exists()


def test_a_file_beside_the_output_folder_is_refused(published: Published) -> None:
    project, _ = published
    # Pelican's own check lets this pass: it compares the beginnings of the paths only.
    (project.root / "content/pages/evil.md").write_text("title: Evil\nsave_as: ../site-evil/x.html\n\nOut.")
    refused(published, 1, "site-evil: written outside the output folder")


def test_links_among_the_texts_are_not_followed(published: Published) -> None:
    project, _ = published
    secret = project.root / "secret.md"
    secret.write_text("title: Secret\nsave_as: secret.html\n\nNot for the site.")
    (project.root / "content/pages/link.md").symlink_to(secret)
    (project.root / "content/static/folder").symlink_to("/etc")
    refused(
        published,
        1,
        "content/pages/link.md: a symbolic link is not followed\n"
        "content/static/folder: a symbolic link is not followed\n"
        "put the files themselves there; nothing was published",
    )


def test_names_that_differ_only_in_case_are_refused(published: Published) -> None:
    published[0].plugin("(output / f'{n % 2}x').touch(); (output / f'{n % 2}X').touch()")
    refused(published, 1, "0X and 0x: differ only in case")


def test_a_symbolic_link_in_the_site_is_refused(published: Published) -> None:
    published[0].plugin("n or (output / 'passwd').symlink_to('/etc/passwd')")
    refused(published, 1, "passwd: a symbolic link")


def test_a_plugin_that_cannot_register_publishes_nothing(published: Published) -> None:
    published[0].plugin(register="1 / 0")
    refused(published, 1, "Cannot register plugin", "nothing was published")


@pytest.mark.parametrize("option", ["--quiet", "--verbose", "--debug", "--fatal=errors", "--fatal=warnings"])
def test_options_of_pelican_do_not_switch_the_check_off(published: Published, option: str) -> None:
    (published[0].root / "content/pages/one.md").write_text("no metadata at all")
    refused(published, 1, "one.md", args=tuple(option.split("=")))


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("/", "cannot be /"),
        ("{home}", "home folder"),
        (".", "cannot be or hold"),
        ("..", "cannot be or hold"),
        ("content", "cannot be or hold the content"),
        ("content/output", "cannot lie inside the content"),
        ("data", "cannot be or hold the data"),
        ("theme/static", "cannot lie inside the theme"),
        ("file/sub", "file, which is a file"),
        ("file", "is not a folder"),
        ("foreign", "was not made by the atlas"),
        ("repository", "is a git repository"),
    ],
)
def test_a_dangerous_output_folder_is_refused_before_anything_is_touched(
    project: Project, output: str, why: str
) -> None:
    (project.root / "file").write_text("mine")
    (project.root / "foreign").mkdir()
    (project.root / "foreign/letter.txt").write_text("mine")
    (project.root / "repository/.git").mkdir(parents=True)
    before = sorted(project.root.rglob("*"))
    home = project.root.parent / "home"
    home.mkdir()
    done = project.build("-o", output.format(home=home), HOME=str(home), PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 2, done.stdout + done.stderr
    assert why in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert sorted(project.root.rglob("*")) == before


def test_a_site_address_that_is_none_is_refused(project: Project) -> None:
    done = project.build("-e", 'SITEURL="atlas.example"')
    assert done.returncode == 2
    assert "SITEURL 'atlas.example' is not an address" in done.stderr


@pytest.mark.parametrize("moment", [0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5])
def test_kill_at_any_moment_leaves_a_whole_site(published: Published, moment: float) -> None:
    project, before = published
    project.plugin("time.sleep(0.0005)")
    with project.start(PAGES="800") as process:
        wait_for(project.root / ".output.lock")
        time.sleep(moment)
        process.kill()
    after = project.site()
    whole = {".atlas-output", *(f"{n}/index.html" for n in range(800))}
    assert after == before or set(after) == whole
    assert project.build(PAGES="2").returncode == 0
    assert sorted(project.site()) == [".atlas-output", "0/index.html", "1/index.html"]
    assert project.leftovers() == []


KILL_AT = """
import os, signal, sys
from pathlib import Path
from atlas.build import folder_swap as staging
public, name, when = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
if name == "rename":
    staging.exchange = lambda one, other: False
module = os if name in ("rename",) else staging.shutil if name == "rmtree" else staging
real, calls = getattr(module, name), []
def dying(*arguments, **keywords):
    calls.append(1)
    if when == f"before{len(calls)}":
        os.kill(os.getpid(), signal.SIGKILL)
    answer = real(*arguments, **keywords)
    if when == f"after{len(calls)}":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
setattr(module, name, dying)
new = staging.Staging(public)
new.open()
(new.site / "page").write_text("new")
new.publish()
new.close()
"""


@pytest.mark.parametrize(
    ("call", "when", "expected"),
    [
        ("exchange", "before1", "old"),
        ("exchange", "after1", "new"),
        ("rmtree", "before1", "new"),
        ("rename", "before1", "old"),
        ("rename", "after1", "old"),  # between the two renames; the next build puts the old one back
        ("rename", "after2", "new"),
    ],
)
def test_kill_at_each_step_of_the_swap(tmp_path: Path, call: str, when: str, expected: str) -> None:
    public = tmp_path / "output"
    first = staging.Staging(public)
    first.open()
    (first.site / "page").write_text("old")
    first.publish()
    first.close()
    killed = subprocess.run([sys.executable, "-c", KILL_AT, str(public), call, when], check=False)
    assert killed.returncode == -signal.SIGKILL
    if (call, when) != ("rename", "after1"):
        assert (public / "page").read_text() == expected
    again = staging.Staging(public)
    again.open()
    again.close()
    assert (public / "page").read_text() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_without_exchange_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "exchange", lambda one, other: False)
    for text in ("old", "new"):
        version = staging.Staging(tmp_path / "output")
        version.open()
        (version.site / "page").write_text(text)
        version.publish()
        version.close()
    assert (tmp_path / "output/page").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_the_next_version_is_made_of_the_one_before_the_public_one(tmp_path: Path) -> None:
    def publish(keep: tuple[str, ...], **written: str) -> None:
        version = staging.Staging(tmp_path / "output")
        version.open()
        version.keep(keep)
        for name, text in written.items():
            write_file(version.site, name.replace("_", "/"), text.encode())
        version.new_manifest.write_text("of this version")
        version.publish()
        version.close()

    def site() -> dict[str, str]:
        found = (tmp_path / "output").rglob("[a-z]*")
        return {
            file.relative_to(tmp_path / "output").as_posix(): file.read_text()
            for file in found
            if file.is_file()
        }

    twin = tmp_path / ".output.twin"
    publish((), a_x="1", a_y="1", b_x="1", top="1")
    publish(("a/x", "a/y", "top"), b_x="2")
    assert site() == {"a/x": "1", "a/y": "1", "b/x": "2", "top": "1"}
    assert (twin / "b/x").read_text() == "1"
    for folder in ("a", "b"):  # nobody should write there, and nothing of it would be published
        (twin / folder / "new").write_text("by hand")
    (twin / "a/y").unlink()
    (twin / "a/y").write_text("by hand")
    number = (twin / "a").stat().st_ino
    publish(("a/x", "a/y", "b/x"), c="3")
    assert site() == {"a/x": "1", "a/y": "1", "b/x": "2", "c": "3"}
    assert (tmp_path / "output/a").stat().st_ino == number
    publish(("c",))
    assert site() == {"c": "3"}
    assert [path.name for path in (tmp_path / "output").iterdir() if path.is_dir()] == []
    shutil.rmtree(twin)
    publish(("c",), a_x="4")
    assert site() == {"a/x": "4", "c": "3"}


def test_a_failed_second_rename_brings_the_old_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = staging.Staging(tmp_path / "output")
    first.open()
    first.publish()
    first.close()
    second = staging.Staging(tmp_path / "output")
    second.open()
    shutil.rmtree(second.site)
    monkeypatch.setattr(staging, "exchange", lambda one, other: False)
    with pytest.raises(FileNotFoundError):
        second.publish()
    second.close()
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
    assert (tmp_path / "output" / staging.MARKER).is_file()


def test_folders_of_others_in_the_way_are_not_removed(tmp_path: Path) -> None:
    foreign = tmp_path / ".output.staging"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("mine")
    version = staging.Staging(tmp_path / "output")
    with pytest.raises(UsageError, match=r"\.output\.staging is in the way"):
        version.open()
    assert (foreign / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_stopped_leaves_nothing_behind(
    published: Published, number: signal.Signals, code: int
) -> None:
    project, before = published
    project.plugin("time.sleep(0.05)")
    with project.start(PAGES="500") as process:
        wait_for(project.root / ".output.staging/site/3/index.html")
        process.send_signal(number)
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == code, said
    assert "Stopped; nothing was published." in said
    assert "Traceback" not in said
    assert project.site() == before
    assert project.leftovers() == []


def test_of_two_builds_at_once_the_second_names_the_first(
    published: Published,
) -> None:
    project, _ = published
    ended = project.root / "ended"  # the second one: the first goes on for as long as that takes
    project.plugin(f"while n == 1 and not Path({str(ended)!r}).exists(): time.sleep(0.02)")
    with project.start(PAGES="200") as first:
        wait_for(project.root / ".output.staging/site/0/index.html")
        second = project.build(PAGES="1")
        ended.touch()
        assert second.returncode == 3, second.stderr
        assert f"process {first.pid}" in second.stderr
        first.communicate(timeout=PATIENCE)
    assert first.returncode == 0
    assert len(project.site()) == 201
    assert project.leftovers() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB, for root only."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_keeps_the_old_site(small_disk: Path) -> None:
    project = Project(small_disk / "project")
    assert project.build(PAGES="3", PYTHONDONTWRITEBYTECODE="1").returncode == 0
    before = project.site()
    done = project.build(PAGES="40", BODY="x" * 60000, PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "No space left on device; nothing was published" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert project.site() == before
    assert project.leftovers() == []


def test_a_full_disk_while_static_files_are_copied(small_disk: Path) -> None:
    project = Project(small_disk / "project")
    assert project.build(PYTHONDONTWRITEBYTECODE="1").returncode == 0
    before = project.site()
    (project.root / "content/static/big.bin").write_bytes(bytes(600_000))
    done = project.build(PYTHONDONTWRITEBYTECODE="1")  # Pelican only warns of a copy that failed
    assert done.returncode == 3, done.stdout + done.stderr
    assert project.site() == before


def test_a_read_only_disk_is_told_in_one_line(small_disk: Path, project: Project) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    done = project.build("-o", str(small_disk / "output"))
    assert done.returncode == 3, done.stdout + done.stderr
    assert done.stderr.strip().endswith("Read-only file system; nothing was published")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_errors_of_the_machine_have_a_code_of_their_own(published: Published, code: int) -> None:
    published[0].plugin(f"raise OSError({code}, os.strerror({code}), 'page.html')")
    said = refused(published, 3, f"page.html: {os.strerror(code)}; nothing was published")
    assert "Traceback" not in said


def test_autoreload_publishes_whole_sites_again_and_again(project: Project) -> None:
    template = project.template
    page, good = project.output / "0/index.html", template.read_text()
    with project.start("--autoreload", PYTHONUNBUFFERED="1") as process:
        try:
            wait_for(page)
            end = time.monotonic() + 3
            change_until(template, "{{ nobody }}", lambda: time.monotonic() > end)
            assert page.read_text() == "0 new"
            better = good.replace("body", "body|upper")
            change_until(template, better, lambda: page.exists() and page.read_text() == "0 NEW")
            # The page is as it was, and stays the same file; the folder is another one.
            inode, output = project.output.stat().st_ino, project.output
            data = project.root / "data/cities.csv"
            change_until(data, "id\n", lambda: output.exists() and output.stat().st_ino != inode)
        finally:
            said = interrupted(process)
    assert "UndefinedError" in said
    assert "Traceback" not in said
    assert project.leftovers() == []


def interrupted(process: subprocess.Popen[str]) -> str:
    """End a process that watches, and return what it said; the first signal may end no more than a build."""
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=10)[0]
    process.kill()
    return process.communicate()[0]


def change_until(path: Path, text: str, noticed: Callable[[], bool]) -> None:
    """Write a file until that is noticed: who builds does not look, and begins to look some time after."""
    last = 0.0

    def written_again() -> bool:
        nonlocal last
        if time.monotonic() > last + 0.5:
            spare = path.with_name("spare")  # whole at once: a build may read it at any moment
            spare.write_text(text)
            spare.replace(path)
            last = time.monotonic()
        return noticed()

    wait_until(written_again, f"a change of {path.name} is noticed")


def test_background_work_is_waited_for(tmp_path: Path) -> None:
    processes.in_background(partial((tmp_path / "told").write_text, "done"), workers=2)
    processes.wait_for_background()
    assert (tmp_path / "told").read_text() == "done"


def test_background_work_that_fails_is_done_here_and_tells_why(tmp_path: Path) -> None:
    def work() -> None:
        (tmp_path / str(os.getpid())).touch()
        raise OSError(errno.ENOSPC, "full")

    processes.in_background(work, workers=2)
    with pytest.raises(OSError, match="full"):
        processes.wait_for_background()
    assert len(names := os.listdir(tmp_path)) == 2 and str(os.getpid()) in names


def test_background_work_ends_with_the_build() -> None:
    began = time.monotonic()
    processes.in_background(partial(time.sleep, 60), workers=2)
    processes.end_background()
    processes.wait_for_background()
    assert time.monotonic() - began < 30


def git(folder: Path, *arguments: str, **environ: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(
        ["git", *identity, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, **environ},
    )


def test_the_clock_is_the_last_commit_of_the_sources(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.csv").write_text("a")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    # 23:30 on the 5th in New York is the 6th in UTC.
    git(tmp_path, "commit", "-qm", "data", GIT_COMMITTER_DATE="2024-03-05T23:30:00-0500")
    (tmp_path / "README.md").write_text("a")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "readme", GIT_COMMITTER_DATE="2025-01-01T00:00:00+0000")
    assert clock.build_date(tmp_path, {}).isoformat() == "2024-03-06"
    assert clock.build_date(tmp_path, {"SOURCE_DATE_EPOCH": "86400"}).isoformat() == "1970-01-02"
    (tmp_path / "data/a.csv").write_text("b")
    assert clock.build_date(tmp_path, {}).year > 2024


def test_the_clock_refuses_an_epoch_that_is_no_number(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is 'today'"):
        clock.build_date(tmp_path, {"SOURCE_DATE_EPOCH": "today"})


def test_the_clock_without_git_is_today_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert clock.build_date(tmp_path, {}).year >= 2024
    assert "no git history" in caplog.text


def test_missing_packages_name_the_command(tmp_path: Path) -> None:
    from atlas.site.assets import npm_files as frontend

    with pytest.raises(EnvironmentFault, match="run `make node_modules`"):
        frontend.install(tmp_path / "output", tmp_path)


def test_background_work_that_is_gone_already_is_no_fault() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        processes.in_background(lambda: None, workers=2)
        time.sleep(0.3)
        processes.end_background()
    finally:
        signal.signal(signal.SIGCHLD, before)
