"""The workflows of the code host: what they may do, what they run, and what they say."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from atlas.model.schema import schema
from atlas.opendata.docs.issue_forms import FORMS

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
TEMPLATES = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")

# Every permission that a job has beyond reading the code, and nothing else may write.
PERMISSIONS = {
    ("accept", "rows"): {"contents": "read"},
    ("accept", "propose"): {"contents": "write", "pull-requests": "write"},
    ("archive", "ask"): {"actions": "read", "contents": "read"},
    ("archive", "propose"): {"contents": "write", "pull-requests": "write"},
    ("audit", "ask"): {"contents": "read"},
    ("check", "check"): {"contents": "read"},
    ("check", "site"): {"contents": "read"},
    ("ci", "data"): {"contents": "read"},
    ("ci", "test"): {"contents": "read"},
    ("comment", "comment"): {"actions": "read", "contents": "read", "pull-requests": "write"},
    ("edition", "make"): {"contents": "read", "pages": "read"},
    ("edition", "publish"): {"contents": "write"},
    ("links", "ask"): {"actions": "read", "contents": "read"},
    ("links", "tell"): {"contents": "read", "issues": "write"},
    ("nightly", "grown"): {"contents": "read"},
    ("nightly", "oldest"): {"contents": "read"},
    ("nightly", "proof"): {"contents": "read"},
    ("publish", "build"): {"contents": "read", "pages": "read"},
    ("publish", "addresses"): {"contents": "write"},
    ("publish", "deploy"): {"pages": "write", "id-token": "write"},
    ("release", "make"): {"contents": "read"},
    ("release", "publish"): {"contents": "write"},
}


def read(path: Path) -> dict[str, Any]:
    """A workflow; BaseLoader, because YAML 1.1 reads the key ``on`` as true."""
    content = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    assert isinstance(content, dict)
    return content


def jobs(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from read(path)["jobs"].items()


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for _, job in jobs(path):
        yield from job["steps"]


each = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def test_these_are_the_workflows() -> None:
    known = [
        "accept",
        "archive",
        "audit",
        "check",
        "ci",
        "comment",
        "edition",
        "links",
        "nightly",
        "publish",
        "release",
    ]
    assert [path.stem for path in WORKFLOWS] == known


@each
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert [one for one in used if not PINNED.fullmatch(one)] == []
    lines = [line for line in path.read_text().splitlines() if "uses:" in line]
    assert [line for line in lines if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_one_action_has_one_pin() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for line in re.findall(r"uses: (\S+@\S+ # \S+)", path.read_text()):
            pins.setdefault(line.split("@")[0], set()).add(line)
    assert [name for name, found in pins.items() if len(found) > 1] == []


@each
def test_the_token_can_do_nothing_unless_a_job_says_what(path: Path) -> None:
    assert read(path)["permissions"] == {}
    assert {(path.stem, name): job.get("permissions") for name, job in jobs(path)} == {
        key: value for key, value in PERMISSIONS.items() if key[0] == path.stem
    }


@each
def test_no_workflow_runs_strangers_with_rights(path: Path) -> None:
    on = read(path)["on"]
    assert "pull_request_target" not in on
    assert ("workflow_run" in on) == (path.stem == "comment")
    assert "{{ secrets" not in path.read_text()


@each
def test_nothing_is_pasted_into_a_script(path: Path) -> None:
    """``${{ … }}`` in a script is text of strangers that the shell would run; it goes through env."""
    assert [step["run"] for step in steps(path) if "${{" in step.get("run", "")] == []


@each
def test_the_token_is_never_left_in_the_clone(path: Path) -> None:
    clones = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in clones if step["with"]["persist-credentials"] != "false"] == []


@each
def test_every_job_ends_some_day(path: Path) -> None:
    assert [name for name, job in jobs(path) if int(job["timeout-minutes"]) > 90] == []


def test_the_comment_runs_the_main_branch_only() -> None:
    [clone] = [step for step in steps(GITHUB / "workflows/comment.yml") if "uses" in step]
    assert clone["with"]["ref"] == "${{ github.event.repository.default_branch }}"


@each
def test_scripts_are_those_that_exist(path: Path) -> None:
    for step in steps(path):
        for script in re.findall(r"scripts/\S+\.py|\.ci/run", step.get("run", "")):
            assert (ROOT / script).is_file()
        for target in re.findall(r"^make (\S+)", step.get("run", ""), re.MULTILINE):
            name = target.replace(".venv", "$(VENV)")
            assert re.search(rf"^{re.escape(name)}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_a_release_carries_its_bill_of_materials_and_nothing_with_rights_is_run() -> None:
    found = dict(jobs(GITHUB / "workflows/release.yml"))
    made = [step.get("run", "") for step in found["make"]["steps"]]
    assert {"make sbom", "make reproduce"} <= set(made)
    given = found["publish"]["steps"]
    assert not any(step.get("uses", "").startswith("actions/checkout@") for step in given)
    assert "release/sbom.json release/SHA256SUMS" in given[-1]["run"]


def test_vulnerabilities_are_asked_for_every_week() -> None:
    audit = read(GITHUB / "workflows/audit.yml")
    assert re.fullmatch(r"\d+ \d+ \* \* [1-5]", audit["on"]["schedule"][0]["cron"])
    assert audit["on"]["push"]["paths"] == ["requirements/**"]
    assert [step["run"] for step in audit["jobs"]["ask"]["steps"] if "run" in step] == ["make audit"]


def test_every_night_every_promise_is_tried_and_the_tests_meet_more_rows() -> None:
    nightly = read(GITHUB / "workflows/nightly.yml")
    assert re.fullmatch(r"\d+ \d+ \* \* \*", nightly["on"]["schedule"][0]["cron"])
    proof, grown = nightly["jobs"]["proof"], nightly["jobs"]["grown"]
    parts = re.findall(
        r'^    "(\w+)": \("tests', (ROOT / "scripts/proof.py").read_text("utf-8"), re.MULTILINE
    )
    assert proof["strategy"]["matrix"]["part"] == parts != []
    assert proof["strategy"]["fail-fast"] == "false"
    [made] = [step for step in proof["steps"] if "run" in step]
    assert made["run"] == 'make proof PART="$PART"'
    assert made["env"] == {"PART": "${{ matrix.part }}"}
    assert [step["run"] for step in grown["steps"] if "run" in step] == ["make grown"]


def test_commands_have_the_options_that_workflows_use() -> None:
    for arguments in (
        ["check", "--format", "github", "--base", "HEAD", "--help"],
        ["diff", "HEAD", "--format", "markdown", "--help"],
        ["diff", "HEAD", "--review", "--help"],
        ["accept", "event.json", "--message", "x", "--help"],
        ["archive", "--save", "--limit", "200", "--results", "x", "--help"],
        ["links", "--results", "x", "--format", "markdown", "--help"],
        ["lock", "output", "--check", "--base", "", "--help"],
    ):
        command = [sys.executable, "-m", "atlas.cli.main"]
        code = f"import sys; from atlas.cli.main import main; main({arguments!r})"
        done = subprocess.run([*command[:1], "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        for option in arguments:
            if option.startswith("--"):
                assert option in done.stdout


def test_the_site_is_published_only_where_no_address_is_lost() -> None:
    [build, *_] = [job["steps"] for name, job in jobs(GITHUB / "workflows/publish.yml") if name == "build"]
    order = [step.get("run", step.get("uses", "")).partition("@")[0] for step in build]
    cache, made, promised, given = (
        order.index(one)
        for one in (
            "actions/cache",
            "make publish",
            '.venv/bin/atlas lock --check --base "$BEFORE"',
            "actions/upload-pages-artifact",
        )
    )
    assert cache < made < promised < given
    assert build[cache]["with"]["path"] == "build/cache"


def test_a_suggestion_is_proposed_by_a_job_that_runs_no_text_of_it() -> None:
    content = read(GITHUB / "workflows/accept.yml")
    assert content["on"] == {"issues": {"types": ["labeled"]}}
    assert content["jobs"]["rows"]["if"] == "github.event.label.name == 'accept'"
    rows = [step["run"] for step in content["jobs"]["rows"]["steps"] if "run" in step]
    assert '.venv/bin/atlas accept "$GITHUB_EVENT_PATH" --message build/proposal/message.txt' in rows[-1]
    [propose] = [step for step in content["jobs"]["propose"]["steps"] if "run" in step]
    assert propose["run"].splitlines() == [
        "gh auth setup-git",
        'python3 scripts/propose.py build/proposal "suggestion-$NUMBER"',
    ]
    assert propose["env"] == {
        "GH_TOKEN": "${{ github.token }}",
        "NUMBER": "${{ github.event.issue.number }}",
    }


PATCH = """diff --git a/data/cities.csv b/data/cities.csv
index 1..2 100644
--- a/data/cities.csv
+++ b/data/cities.csv
@@ -1 +1,2 @@
 id,name
+rename,copy
"""


@pytest.mark.parametrize(
    ("patch", "names", "wrong"),
    [
        (PATCH, ["data/cities.csv", "data/commitments/eccar.csv", "data/networks/eccar.yaml"], ""),
        (PATCH + "new file mode 100644\n", ["data/cities.csv"], ""),
        (PATCH, [".github/workflows/ci.yml"], "not a file of the data: '.github/workflows/ci.yml'"),
        (PATCH, ["data/../Makefile"], "not a file of the data: 'data/../Makefile'"),
        (PATCH, ["data/README.md"], "not a file of the data: 'data/README.md'"),
        (
            PATCH + "new file mode 120000\n",
            ["data/cities.csv"],
            "more than a change of text: 'new file mode 120000'",
        ),
        (
            PATCH + "rename from Makefile\n",
            ["data/cities.csv"],
            "more than a change of text: 'rename from Makefile'",
        ),
    ],
)
def test_only_text_of_the_data_is_proposed(patch: str, names: list[str], wrong: str) -> None:
    assert script("propose").problem(patch, names) == wrong


def test_a_preview_holds_the_pages_that_change_and_opens_from_a_disk(tmp_path: Path) -> None:
    preview = script("preview")
    pages = {"en": ["/cities/krakow/#eccar", "/"], "pl": ["/pl/miasta/krakow/#eccar"]}
    found = preview.changed_pages(json.dumps({"changes": [{"pages": pages}, {"pages": {"en": ["/../x/"]}}]}))
    assert found == ["", "../x/", "cities/krakow/", "pl/miasta/krakow/"]
    site, out = tmp_path / "site", tmp_path / "out"
    for page in ("", "cities/krakow/", "cities/turku/"):
        (site / page).mkdir(parents=True, exist_ok=True)
        (site / page / "index.html").write_text("<title>A &amp; B</title>")
    (site / "theme").mkdir()
    (site / "theme/atlas.css").write_text("")
    assert preview.keep(found, site, out) == 2
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == [
        "cities/krakow/index.html", "home.html", "index.html", "theme/atlas.css",
    ]  # fmt: skip
    listed = (out / "index.html").read_text()
    assert '<li><a href="cities/krakow/index.html">A &amp; B</a></li>' in listed


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_zizmor_finds_nothing() -> None:
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("zizmor")),
            "--offline",
            "--no-progress",
            "--persona",
            "auditor",
            str(ROOT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_updates_are_proposed_for_all_that_is_locked() -> None:
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"github-actions", "pip", "npm"}


def test_hooks_offer_form_and_check() -> None:
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    [local] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    for hooks in (offered, local["hooks"]):
        assert [hook["entry"].removeprefix(".venv/bin/") for hook in hooks] == ["atlas fmt", "atlas check"]


# Issue forms


def form_fields(path: Path) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["body"]
    return fields


def test_every_form_is_there_in_every_language() -> None:
    names = [path.name for path in TEMPLATES]
    assert names == sorted(f"{form.name}.{lang}.yml" for form in FORMS for lang in ("en", "pl"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_form_asks_for_columns_of_the_data(path: Path) -> None:
    name, lang = path.stem.split(".")
    [form] = [one for one in FORMS if one.name == name]
    columns = {one.name: one for one in (*form.first, *schema()[form.record].fields)}
    ids = [field["id"] for field in form_fields(path) if "id" in field]
    assert ids[-1] == "licence"
    for id_ in ids[:-1]:
        assert id_ in columns or id_.removesuffix(f"_{lang}") in columns
    asked = {id_ if id_ in columns else id_.removesuffix(f"_{lang}") for id_ in ids[:-1]}
    # What is not asked is left out by name, a rare column, or prose in another language.
    assert set(columns) - asked == form.without | {
        one.name for one in columns.values() if one.rare or (one.base and not one.label and one.lang != lang)
    }
    required = {field["id"] for field in form_fields(path) if field.get("validations", {}).get("required")}
    assert required == {
        id_ for id_ in ids[:-1] if (columns.get(id_) or columns[id_.removesuffix(f"_{lang}")]).required
    }


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_the_host_accepts_the_form(path: Path) -> None:
    """https://docs.github.com: known types, unique ids and labels, options for dropdowns."""
    content = yaml.safe_load(path.read_text("utf-8"))
    assert content["name"]
    assert content["description"]
    fields = form_fields(path)
    assert {field["type"] for field in fields} <= {"markdown", "input", "textarea", "dropdown", "checkboxes"}
    with_ids = [field for field in fields if field["type"] != "markdown"]
    ids = [field["id"] for field in with_ids]
    labels = [field["attributes"]["label"] for field in with_ids]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id_) for id_ in ids)
    for field in with_ids:
        if field["type"] == "dropdown":
            options = field["attributes"]["options"]
            assert len(set(options)) == len(options) > 1
            assert all(isinstance(option, str) for option in options)


# What the host is told


@pytest.fixture(scope="module")
def host() -> ModuleType:
    return script("host")


SHA = "a" * 40
ENVIRON = {
    "REPOSITORY": "someone/atlas",
    "RUN_ID": "7",
    "HEAD_OWNER": "stranger",
    "HEAD_BRANCH": "new/city",
    "HEAD_SHA": SHA,
    "CONCLUSION": "success",
}


class Host:
    """A code host with one open pull request."""

    def __init__(self, change: bytes | None = b"- Turku joined\n", comments: list[Any] | None = None) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            if change is not None:
                archive.writestr("change.md", change)
        self.artefact = {"name": "change", "expired": False, "size_in_bytes": 100, "id": 3}
        self.packed = packed.getvalue()
        self.comments = comments or []
        self.issues: list[Any] = []
        self.sent: list[tuple[str, str, Any]] = []

    def __call__(self, method: str, path: str, fields: Mapping[str, str] | None) -> bytes:
        if method != "GET":
            self.sent.append((method, path, fields))
            return b"{}"
        if path.endswith("/zip"):
            return self.packed
        answers = {
            "pulls": [{"number": 12, "head": {"sha": SHA}}] if "head=stranger%3Anew%2Fcity" in path else [],
            "artifacts": {"artifacts": [self.artefact]},
            "comments": self.comments,
            "issues": self.issues,
        }
        return json.dumps(answers[path.split("?")[0].rpartition("/")[2]]).encode()


def body(sent: Host) -> str:
    [(_, _, fields)] = sent.sent
    return str(fields["body"])


def test_a_comment_is_written_once_and_then_renewed(host: ModuleType) -> None:
    first = Host()
    assert host.comment(first, ENVIRON) == "commented on #12"
    assert first.sent[0][:2] == ("POST", "repos/someone/atlas/issues/12/comments")
    assert body(first) == (
        f"{host.MARK}\n<sub>From [the check](https://github.com/someone/atlas/actions/runs/7), which also "
        "keeps the changed pages, to open from a disk (*preview*).</sub>\n\n- Turku joined\n"
    )
    theirs = {"id": 1, "user": {"login": "stranger"}, "body": host.MARK}
    ours = {"id": 2, "user": {"login": host.BOT}, "body": host.MARK + "\nold"}
    again = Host(comments=[theirs, ours])
    assert host.comment(again, ENVIRON) == "renewed the comment on #12"
    assert again.sent[0][:2] == ("PATCH", "repos/someone/atlas/issues/comments/2")


def test_a_check_that_failed_is_said_in_both_languages(host: ModuleType) -> None:
    sent = Host(change=None)
    host.comment(sent, ENVIRON | {"CONCLUSION": "failure"})
    assert "**The check found something to mend**" in body(sent)
    assert "**Kontrola znalazła coś do poprawienia**" in body(sent)


def test_no_change_is_said_too(host: ModuleType) -> None:
    sent = Host(change=b"\n")
    host.comment(sent, ENVIRON)
    assert "Nothing changes in the data. / W danych nic się nie zmienia." in body(sent)


@pytest.mark.parametrize(
    "changed", [{"HEAD_SHA": "b" * 40}, {"HEAD_BRANCH": "other"}, {"HEAD_OWNER": "else"}]
)
def test_a_pull_request_that_moved_on_gets_no_comment(host: ModuleType, changed: dict[str, str]) -> None:
    sent = Host()
    assert host.comment(sent, ENVIRON | changed) == "no open pull request has this commit any more"
    assert sent.sent == []


@pytest.mark.parametrize(
    "changed",
    [{"REPOSITORY": "a/b/../c"}, {"RUN_ID": "7/../8"}, {"HEAD_SHA": "main"}, {"HEAD_OWNER": "a&head=b"}],
)
def test_odd_values_are_refused(host: ModuleType, changed: dict[str, str]) -> None:
    sent = Host()
    with pytest.raises(SystemExit):
        host.comment(sent, ENVIRON | changed)
    assert sent.sent == []


def test_an_artefact_that_is_too_large_is_not_downloaded(host: ModuleType) -> None:
    sent = Host()
    sent.artefact["size_in_bytes"] = host.LARGEST + 1
    host.comment(sent, ENVIRON)
    assert "Turku" not in body(sent)


def test_an_artefact_that_unpacks_to_too_much_is_not_shown(host: ModuleType) -> None:
    sent = Host(change=b"x" * 10_000_000)
    assert len(sent.packed) < host.LARGEST
    host.comment(sent, ENVIRON)
    assert "xxx" not in body(sent)


@pytest.mark.parametrize("packed", [b"", b"PK\x03\x04 not really", b"#!/bin/sh\nrm -rf /\n"])
def test_an_artefact_that_is_none_is_not_shown(host: ModuleType, packed: bytes) -> None:
    sent = Host()
    sent.packed = packed
    assert host.comment(sent, ENVIRON) == "commented on #12"


@pytest.mark.parametrize(
    "text",
    [
        "[approve](https://evil.example)",
        "![x](https://evil.example/pixel.png)",
        "[x][y]\n\n[y]: https://evil.example",
        "<img src=x onerror=alert(1)>",
        "<https://evil.example>",
        "https://evil.example",
        "WWW.evil.example",
        "@maintainer please merge",
        "&#64;maintainer",
        "fixes #12",
        "someone/else#12",
    ],
)
def test_text_of_a_stranger_does_nothing(host: ModuleType, text: str) -> None:
    from markdown_it import MarkdownIt

    shown = host.disarmed(text)
    html = MarkdownIt("commonmark").render(shown)
    assert not re.search(r"<(a|img|script)\b", html)
    assert not re.search(r"(^|[^\w`])@\w", html)
    assert not re.search(r"#\d", html)
    assert not re.search(r"https?://|www\.", html, re.IGNORECASE)  # GitHub links these by itself
    assert shown.replace("\u200b", "") == text


def test_invisible_characters_and_length_are_cut(host: ModuleType) -> None:
    assert host.disarmed("a\u202eb\x1b[2Jc\ud800d\r\ne") == "ab[2Jcd\ne"
    long = host.disarmed("x" * 99 + "\n" + ("@" * 99 + "\n") * 2000)
    assert len(long) < 65_536
    assert long.endswith("\n\n…\n")


def test_one_issue_is_opened_renewed_and_closed(host: ModuleType) -> None:
    environ = {"REPOSITORY": "someone/atlas", "DEAD": "no"}
    sent = Host()
    assert host.issue(sent, environ, "report") == "no address is dead"
    assert host.issue(sent, environ | {"DEAD": "yes"}, "report") == "opened an issue"
    sent.issues = [{"number": 4, "user": {"login": "stranger"}}, {"number": 5, "user": {"login": host.BOT}}]
    assert host.issue(sent, environ | {"DEAD": "yes"}, "report") == "renewed #5"
    assert host.issue(sent, environ, "report") == "closed #5"
    assert [(method, path, fields.get("state")) for method, path, fields in sent.sent] == [
        ("POST", "repos/someone/atlas/issues", None),
        ("PATCH", "repos/someone/atlas/issues/5", "open"),
        ("PATCH", "repos/someone/atlas/issues/5", "closed"),
    ]


def test_the_host_is_asked_by_its_own_program(host: ModuleType, tmp_path: Path, monkeypatch: Any) -> None:
    program = tmp_path / "gh"
    program.write_text('#!/bin/sh\nprintf "%s|" "$@"\ncat\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert (
        host.gh("PATCH", "repos/a/b", {"body": "x"})
        == b'api|--method|PATCH|repos/a/b|--input|-|{"body": "x"}'
    )


def test_a_wrong_command_says_how(host: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert host.main(["comments"]) == 2
    assert capsys.readouterr().err == "usage: host.py comment | host.py issue FILE\n"
