"""numpy, loaded where it is first used: to label one statement takes less time than to load it."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
else:
    np = ModuleType("numpy")

    def _load(name: str) -> Any:
        """Look up what is asked of the module for the first time."""
        import numpy  # noqa: PLC0415

        value = getattr(numpy, name)
        setattr(np, name, value)
        return value

    # A plain module with this in it is as quick, from the second time on, as numpy itself.
    np.__getattr__ = _load

__all__ = ["np"]
