"""Whether two folders hold the same pages, whatever the spelling of the HTML.

Run: ``python benchmarks/same.py REFERENCE OTHER``. White space, character references and the order of JSON
do not count.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_LINKED = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.DOTALL)


def normal(name: str, text: str) -> str:
    """Return the text of a page as everybody would write it."""
    if name.endswith("json"):
        return json.dumps(json.loads(text), sort_keys=True)
    text = _LINKED.sub(lambda m: m[1] + json.dumps(json.loads(m[2]), sort_keys=True) + m[3], text)
    text = re.sub(r"\s+<", "<", re.sub(r">\s+", ">", html.unescape(text)))
    return re.sub(r"\s+", " ", text).strip()


def names(folder: Path) -> set[str]:
    """Return the paths of all files below a folder that a host would show."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if not path.name.startswith(".")}


def differences(reference: Path, other: Path) -> Iterator[str]:
    """Yield a line for each file that only one has, or that says something else."""
    ours, theirs = names(reference), names(other)
    yield from (f"{name}: missing" for name in sorted(ours - theirs))
    yield from (f"{name}: too many" for name in sorted(theirs - ours))
    for name in sorted(ours & theirs):
        one = normal(name, (reference / name).read_text("utf-8"))
        two = normal(name, (other / name).read_text("utf-8"))
        if one != two:
            at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), 0)
            yield f"{name}: {one[max(0, at - 40) : at + 60]!r}, but {two[max(0, at - 40) : at + 60]!r}"


def main() -> int:
    """Compare the folders that were named."""
    reference, other = map(Path, sys.argv[1:3])
    found = list(differences(reference, other))
    print("\n".join(found[:20]) or f"{len(names(reference))} files are the same")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
