"""Write the bill of materials of a release: every package of every lock, as CycloneDX JSON.

``python scripts/sbom.py [FILE]`` writes ``build/sbom.json``. The same locks give the same bytes. Licences of
Python packages come from what is installed; one that is not (another platform, an extra) has none.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator
from packageurl import PackageURL

from atlas.build import clock

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"base.txt": ComponentScope.REQUIRED, "gazetteer.txt": ComponentScope.OPTIONAL}
"""The locks of Python packages whose scope is not that of tools for developers."""
SPEC = r"([A-Za-z0-9._-]+)==([^\s;\\]+)"


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a lock."""

    kind: str
    """``pypi`` or ``npm``, as package URLs say."""
    name: str
    version: str
    scope: ComponentScope
    licence: str = ""
    sha512: str = ""
    """In hexadecimal, where the package is one file."""


def python_packages(folder: Path = ROOT / "requirements") -> Iterator[Locked]:
    """Yield the packages of the locks of pip, each once, with the strongest need for it."""
    seen = set()
    for path in sorted(folder.glob("*.txt"), key=lambda path: (path.name not in LOCKS, path.name)):
        for name, version in re.findall(rf"^{SPEC}", path.read_text("utf-8"), re.MULTILINE):
            if (name, version) not in seen:
                seen.add((name, version))
                scope = LOCKS.get(path.name, ComponentScope.EXCLUDED)
                yield Locked("pypi", name, version, scope, _licence_of(name, version))


def _licence_of(name: str, version: str) -> str:
    """Return what the installed package says of its licence: an expression, a short name or nothing."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    if said["Version"] != version:
        return ""
    for classifier in ("License-Expression", "License"):
        words = (said[classifier] or "").strip() if classifier in said else ""
        # Some put the whole text of the licence here.
        if words and "\n" not in words and len(words) < 80:
            return str(words)
    own = (line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if "License ::" in line)
    return next(own, "")


def npm_packages(lock: Path = ROOT / "package-lock.json") -> Iterator[Locked]:
    """Yield the packages of the lock of npm."""
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    for path, package in packages.items():
        if path:
            scope = ComponentScope.EXCLUDED if package.get("dev") else ComponentScope.REQUIRED
            kind, _, digest = package["integrity"].partition("-")
            sha512 = base64.b64decode(digest).hex() if kind == "sha512" else ""
            name = path.rpartition("node_modules/")[2]
            yield Locked("npm", name, package["version"], scope, package.get("license", ""), sha512)


def bill(packages: Sequence[Locked]) -> str:
    """Return the bill of materials as JSON; raises ValueError where it breaks the schema of CycloneDX."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    make = LicenseFactory()
    itself = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        description=project["description"],
        licenses=[make.make_from_string(project["license"])],
        bom_ref="atlas",
    )
    made = [_component(one, make) for one in packages]
    bom = Bom(components=made, serial_number=uuid5(NAMESPACE_URL, repr((project["version"], packages))))
    bom.metadata.component = itself
    bom.metadata.timestamp = clock.build_time(ROOT)
    bom.register_dependency(itself, made)
    text = JsonV1Dot6(bom).output_as_string(indent=1) + "\n"
    if wrong := make_schemabased_validator(OutputFormat.JSON, SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"the bill breaks the schema of CycloneDX: {wrong}")
    return text


def _component(one: Locked, make: LicenseFactory) -> Component:
    scope, _, name = one.name.rpartition("/")
    url = PackageURL(one.kind, scope or None, name, one.version)
    said = LicenseAcknowledgement.DECLARED
    return Component(
        type=ComponentType.LIBRARY,
        group=scope or None,
        name=name,
        version=one.version,
        scope=one.scope,
        purl=url,
        bom_ref=url.to_string(),
        licenses=[make.make_from_string(one.licence, license_acknowledgement=said)] if one.licence else None,
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=one.sha512)] if one.sha512 else None,
    )


def main() -> None:
    """Write the bill and say how long it is."""
    parser = argparse.ArgumentParser(description="Write the bill of materials as CycloneDX JSON.")
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "build" / "sbom.json")
    target = parser.parse_args().file
    packages = [*python_packages(), *npm_packages()]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bill(packages), "utf-8")
    unsaid = sum(not one.licence for one in packages)
    print(f"{target}: {len(packages)} packages, {unsaid} without a licence in what is installed here")


if __name__ == "__main__":
    main()
