"""Where a site is stored beside this machine: a folder that others share, or an object store, through fsspec.

A store knows files by their paths below its root and writes each one whole or not at all. What an edition
is, and when readers see it, is the matter of ``publication``. A store can be sent to another process, which
opens it anew and with its own credentials: none travel with it.
"""

from __future__ import annotations

import os
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import AtlasError, EnvironmentFault, UsageError
from ..dataset.file_formats import FORMATS
from ..output_paths import below, named

CACHED = "public, max-age=300"
"""How long browsers and a CDN may show a file without asking again."""
_WEB: Mapping[str, str] = {
    "css": "text/css",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "png": "image/png",
    "svg": "image/svg+xml",
    "wasm": "application/wasm",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
_PLAIN = ("_headers", "_redirects")
_UNKNOWN = "application/octet-stream"


def media_type(path: str) -> str:
    """Return what a file is, by the end of its name, whatever the machine has in its own lists."""
    name = path.rpartition("/")[2]
    end = name.rpartition(".")[2] if "." in name else ""
    media = (
        "text/plain"
        if name in _PLAIN
        else _WEB.get(end) or (FORMATS[end].media if end in FORMATS else _UNKNOWN)
    )
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def store(url: str) -> Store:
    """Return the store at an address, ``s3://bucket/prefix`` or ``file:///folder``; raises UsageError."""
    parts = urlsplit(url)
    if parts.scheme == "s3" and parts.netloc and not (parts.query or parts.fragment):
        return ObjectStore(url)
    if parts.scheme == "file" and not parts.netloc and unquote(parts.path).strip("/"):
        return FolderStore(url)
    raise UsageError(
        f"ATLAS_STORE is {url!r}; write it like s3://bucket/prefix, or file:///srv/atlas for a folder"
    )


class Store(ABC):
    """Files by their paths below one address."""

    def __init__(self, url: str) -> None:
        """Take the address; nothing is opened before it is needed."""
        self.url = url.rstrip("/")
        self._opened: tuple[int, Any] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Connections stay where they are."""
        return self.__dict__ | {"_opened": None}

    @property
    def _files(self) -> Any:
        """The file system of fsspec; one for each process, because connections do not survive a fork."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = os.getpid(), self._open()
        return self._opened[1]

    @abstractmethod
    def _open(self) -> Any: ...

    @property
    @abstractmethod
    def _root(self) -> str: ...

    @abstractmethod
    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files, many at a time; one that is there is replaced."""

    @abstractmethod
    def create(self, path: str, content: bytes) -> bool:
        """Write a file that is not there yet; return False where it is."""

    @abstractmethod
    def move_in(self, folder: str, paths: Sequence[str]) -> None:
        """Put the files of a folder of the store into their places below its root, each whole.

        May be called again when it was interrupted.
        """

    @abstractmethod
    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, if they are there."""

    def get(self, path: str) -> bytes | None:
        """Return the content of a file, or None where there is none."""
        with self._told():
            try:
                content: bytes = self._files.cat_file(self._at(path))
            except FileNotFoundError:
                return None
            return content

    def paths(self, folder: str = "") -> list[str]:
        """Return the paths of all files, or of those in a folder of the store."""
        with self._told():
            top = f"{self._root}/{folder}".rstrip("/")
            found = self._files.find(top)
        return [path[len(self._root) + 1 :] for path in found]

    def _at(self, path: str) -> str:
        return f"{self._root}/{named(path)}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what a file system raises into a sentence, which other processes can be sent."""
        try:
            yield
        except AtlasError:
            raise
        except Exception as error:
            text = " ".join(str(error).split()) or type(error).__name__
            raise EnvironmentFault(f"{self.url}: {text}") from error


class ObjectStore(Store):
    """A bucket of S3, or of whatever speaks its language; an object is replaced in one step.

    Address, region and credentials are those of the environment (``AWS_ENDPOINT_URL``, ``AWS_PROFILE``, …).
    """

    def _open(self) -> Any:
        return _fsspec("s3").filesystem("s3", skip_instance_cache=True, use_listings_cache=False)

    @property
    def _root(self) -> str:
        return self.url.removeprefix("s3://")

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write objects with what they are and how long they may be cached."""
        by_type: dict[str, dict[str, bytes]] = {}
        for path, content in files.items():
            by_type.setdefault(media_type(path), {})[self._at(path)] = content
        with self._told():
            for media, some in by_type.items():
                self._files.pipe(some, ContentType=media, CacheControl=CACHED)

    def create(self, path: str, content: bytes) -> bool:
        """Write an object on the condition that there is none of that name."""
        with self._told():
            try:
                self._files.pipe_file(self._at(path), content, mode="create")
            except FileExistsError:
                return False
        return True

    def move_in(self, folder: str, paths: Sequence[str]) -> None:
        """Copy inside the store: nothing is sent again, and the copies keep their types."""
        if paths:
            with self._told():
                there = [self._at(f"{folder}/{path}") for path in paths]
                self._files.copy(there, [self._at(path) for path in paths])

    def remove(self, paths: Sequence[str]) -> None:
        """Remove objects, a thousand in a request."""
        if paths:
            with self._told():
                self._files.rm([self._at(path) for path in paths])


class FolderStore(Store):
    """A folder, on a disk that all workers share; a file is replaced by renaming."""

    def _open(self) -> Any:
        return _fsspec("file").filesystem("file", auto_mkdir=True)

    @property
    def _root(self) -> str:
        return unquote(urlsplit(self.url).path)

    def _at(self, path: str) -> str:
        return below(self._root, path)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files under other names first."""
        with self._told():
            for path, content in files.items():
                new = self._at(f"{path}.{uuid.uuid4().hex}.new")
                self._files.pipe_file(new, content)
                os.replace(new, self._at(path))

    def create(self, path: str, content: bytes) -> bool:
        """Write a file whole under another name, then link it to its own, which only one can."""
        with self._told():
            new = self._at(f"{path}.{uuid.uuid4().hex}.new")
            self._files.pipe_file(new, content)
            try:
                os.link(new, self._at(path))
            except FileExistsError:
                return False
            finally:
                os.unlink(new)
        return True

    def move_in(self, folder: str, paths: Sequence[str]) -> None:
        """Rename; what is not in the folder any more was renamed before."""
        with self._told():
            for path in paths:
                target = self._at(path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                try:
                    os.replace(self._at(f"{folder}/{path}"), target)
                except FileNotFoundError:
                    if not os.path.exists(target):
                        raise

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and the folders that they leave empty."""
        with self._told():
            for path in paths:
                try:
                    os.unlink(self._at(path))
                except FileNotFoundError:
                    continue
                self._tidy(os.path.dirname(self._at(path)))

    def _tidy(self, folder: str) -> None:
        while folder != self._root:
            try:
                os.rmdir(folder)
            except OSError:
                return
            folder = os.path.dirname(folder)


def _fsspec(protocol: str) -> Any:
    """Return the package; an object store needs another one behind it."""
    try:
        import fsspec  # type: ignore[import-untyped]

        fsspec.get_filesystem_class(protocol)
    except ImportError:
        raise EnvironmentFault(
            "ATLAS_STORE needs optional packages: pip install 'city-commitments-atlas[cluster]'"
        ) from None
    return fsspec


def batches(paths: Iterable[str], sizes: Mapping[str, int], most: int) -> Iterator[list[str]]:
    """Yield paths in lists whose files have at most ``most`` bytes together, or hold one file."""
    batch: list[str] = []
    total = 0
    for path in paths:
        if batch and total + sizes[path] > most:
            yield batch
            batch, total = [], 0
        batch.append(path)
        total += sizes[path]
    if batch:
        yield batch
