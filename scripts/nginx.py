"""Find nginx for the test of docs/hosting.md and print its path; with --install, get it where root may."""

from __future__ import annotations

import os
import shutil
import sys

from scripts.browser import apt_install

PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))


def find() -> str | None:
    """Return the path of nginx, which Debian keeps where only root looks."""
    return shutil.which("nginx", path=PLACES)


def main() -> int:
    """Print the path, or nothing: the test says that it could not be tried."""
    if find() is None and "--install" in sys.argv[1:]:
        apt_install("nginx-light", "libnginx-mod-http-brotli-filter")
    print(find() or "no nginx here: docs/hosting.md is not tried")
    return 0


if __name__ == "__main__":
    sys.exit(main())
