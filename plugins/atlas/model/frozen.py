"""Frozen dataclasses for values that are made by the million.

Python's own set each field of a frozen object through a function, which takes four times as long as setting
it. So nothing but the type checker keeps these from being changed, which sees ``dataclasses.dataclass``.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    from collections.abc import Callable

    def dataclass(*, frozen: bool = False, **options: bool) -> Callable[[type], type]:
        """Return what makes a dataclass; a frozen one has a hash and is not guarded at run time."""
        return dataclasses.dataclass(unsafe_hash=frozen and options.get("eq", True), **options)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field,))
class Frozen:
    """A base of frozen dataclasses: each class below it is one, made with arguments by keyword."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        """Make the class a dataclass."""
        dataclass(frozen=True, kw_only=True)(cls)
