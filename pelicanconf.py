"""Settings for working on the atlas; publishconf.py overrides them for the public site."""

import os
import sys
from pathlib import Path
from typing import Any

ENGINE = Path(__file__).resolve().parent
ROOT = Path.cwd() if Path("atlas.yaml").is_file() else ENGINE  # the folder of the atlas

PLUGIN_PATHS = [str(ENGINE / "plugins")]
PLUGINS = ["atlas"]
# Pelican logs a plugin that cannot be imported and goes on without it, straight into the output folder.
# Imported here, it stops the build instead.
sys.path.insert(0, PLUGIN_PATHS[0])
from atlas.build.interruption import stop_at_once  # noqa: E402

stop_at_once()
import atlas.plugin  # noqa: E402, F401
from atlas.site.about_file import read_about  # noqa: E402

ATLAS_ABOUT = read_about(ROOT / "atlas.yaml")  # name, subject, publisher, licence

SITENAME = ATLAS_ABOUT.name[ATLAS_ABOUT.languages[0]]
SITEURL = ""
PATH = str(ROOT / "content")
THEME = str(ENGINE / "theme")
ATLAS_ENGINE = str(ENGINE)
OUTPUT_PATH = str(ROOT / "output")
DEFAULT_LANG = ATLAS_ABOUT.languages[0]
TIMEZONE = "UTC"
LOCALE = ["C.UTF-8", "C"]  # nothing in a page may depend on the machine; Babel formats by itself

ATLAS_DATA = str(ROOT / "data")
ATLAS_LANGUAGES = ATLAS_ABOUT.languages  # the first one stands at the root
# Whether pages bear the name of the edition, which every change of the data changes on every page: not while
# working on them.
ATLAS_NAME_EDITION = False
# Whether addresses of scripts, styles and fonts bear a hash of them, so that caches may keep them for a year.
ATLAS_HASHED_ASSETS = False
# The addresses that a build must not lose; empty: whatever comes out is good.
ATLAS_URLS_LOCK = ""
# Whether the index of the search is made, which takes some seconds; ATLAS_SEARCH=0 leaves it out.
ATLAS_SEARCH = os.environ.get("ATLAS_SEARCH", "1") != "0"
ATLAS_CACHE = str(ROOT / "build" / "cache")  # what builds make once and use again; may be deleted at any time
# Social cards and the pictures for the press take long: not while working. What was drawn is kept.
ATLAS_CARDS = False
# Where the source code and the data can be read and changed.
ATLAS_CODE_URL: str | None = ATLAS_ABOUT.code or None
ATLAS_BRANCH = "main"
# How the code host is addressed; these are GitHub's addresses. A way whose address is empty, or needs that of
# the code where there is none, is not offered. The form for suggestions fills in {title}, {body} and {row},
# and each of its fields by name ({city}, {since}, ...), so that a form of the host can be filled in as well.
ATLAS_EDIT_URL = "{code}/edit/{branch}/{path}#L{line}"
ATLAS_HISTORY_URL = "{code}/commits/{branch}/{path}"
ATLAS_FILE_URL = "{code}/tree/{branch}/{path}"
ATLAS_ISSUE_URL = "{code}/issues/new?title={title}&body={body}&labels=data"
ATLAS_ISSUES_URL = "{code}/issues/new/choose"
ATLAS_RELEASES_URL = "{code}/releases"
ATLAS_EMAIL = ATLAS_ABOUT.email  # where suggestions can be sent by e-mail

# The scheduler of a Dask cluster that makes the pages, as tcp://192.0.2.1:8786; the environment variable
# takes precedence. See docs/scale.md.
ATLAS_SCHEDULER = ""

# Links work in a sub-folder, from any host and from a disk.
RELATIVE_URLS = True

# Prose is Markdown pages only: no articles, no indexes, no feeds of Pelican's own, no reStructuredText
# (whose directives can read files).
ARTICLE_PATHS: list[str] = []
PAGE_PATHS = ["pages"]
# The atlas gives each text its address and its frame; Pelican only reads it.
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""
STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
READERS: dict[str, Any] = {"rst": None, "html": None}
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN: dict[str, Any] = {
    "extensions": ["markdown.extensions.extra", "markdown.extensions.meta", "markdown.extensions.toc"],
    "extension_configs": {},
    "output_format": "html5",
}
SUMMARY_MAX_LENGTH = None

# Pelican's cache knows nothing of the data.
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
