"""Does the data build, and is everything linked? Run it with: make test."""

import os
import subprocess
import sys
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

HOME = Path(__file__).resolve().parent.parent
SITE = "https://example.org/atlas/"


class Page(HTMLParser):
    """The addresses that a page names, and its ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.add(value)


class Atlas(unittest.TestCase):
    """The site as it would be published, in a folder of a host."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.output = Path(os.environ.get("ATLAS_OUTPUT") or cls.folder.name, "site")  # kept where it is named
        subprocess.run(
            [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", str(cls.output)],
            cwd=HOME,
            env={**os.environ, "ATLAS_SETTINGS": "publishconf.py", "ATLAS_SITEURL": SITE.rstrip("/")},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        cls.pages = {path: Page(path.read_text("utf-8")) for path in cls.output.rglob("*.html")}

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def test_the_data_is_right(self) -> None:
        atlas = Path(sys.executable).with_name("atlas")
        subprocess.run([atlas, "check"], cwd=HOME, check=True, stdout=subprocess.DEVNULL)

    def test_every_link_leads_somewhere(self) -> None:
        lost = [
            f"{path.relative_to(self.output)}: {link}"
            for path, page in self.pages.items()
            for link in page.links
            if not self.leads_somewhere(path, link)
        ]
        self.assertEqual(lost, [])

    def leads_somewhere(self, path: Path, link: str) -> bool:
        address, fragment = urldefrag(urljoin(SITE + path.relative_to(self.output).as_posix(), link))
        if not address.startswith(SITE):
            return urlsplit(address).scheme in ("https", "http", "mailto", "data")
        target = self.output / unquote(urlsplit(address).path.removeprefix(urlsplit(SITE).path))
        target = target / "index.html" if target.is_dir() else target
        if target.suffix != ".html" or not fragment:
            return target.is_file()
        return target in self.pages and fragment in self.pages[target].ids


if __name__ == "__main__":
    unittest.main()
