"""Pelican as it comes: its own generator and writer, and a theme of templates."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import tables  # noqa: E402  # after the way to it

SITENAME, SITEURL, AUTHOR, TIMEZONE = "City Commitments Atlas", tables.SITEURL, "atlas", "UTC"
DEFAULT_LANG = "en"
PLUGINS = ["pages_of_tables"]
PLUGIN_PATHS = [str(HERE)]
THEME = os.environ["PEER_THEME"]
ATLAS_TABLES = os.environ["PEER_TABLES"]
DIRECT_TEMPLATES: list[str] = []
THEME_STATIC_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
JINJA_ENVIRONMENT = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True, "extensions": []}
JINJA_FILTERS = tables.FILTERS
