"""Find a Chromium for the browser tests and print its path; with --install, get one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of an installed browser: the system's, else Playwright's own."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install() -> None:
    """Try Playwright's download, then the package manager of Debian and Ubuntu."""
    own = [sys.executable, "-m", "playwright", "install", "chromium"]
    if not _succeeds(own, timeout=300):
        apt_install("chromium")


def apt_install(*packages: str) -> None:
    """Install packages of Debian or Ubuntu where that is possible, which takes root."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _succeeds(["apt-get", "update", "-qq"], environ)
    _succeeds(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], environ)


def _succeeds(command: list[str], environ: dict[str, str] | None = None, timeout: int = 900) -> bool:
    """Run a command without showing it; its failure is told by there being no browser."""
    try:
        done = subprocess.run(
            command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> int:
    """Print the path of the browser, or say how to get one."""
    path = find()
    if path is None and "--install" in sys.argv[1:]:
        print("no browser yet: installing Chromium …", file=sys.stderr)
        install()
        path = find()
    if path is None:
        print("no Chromium found: install chromium or google-chrome and put it on the PATH", file=sys.stderr)
        return 3
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
