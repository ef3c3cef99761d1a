"""numpy, loaded where it is first used: to label one statement takes less time than to load it.

What is used once is kept: whoever replaces a function of numpy later does not change what is used here.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
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

    class NDArray:
        """Stands for numpy's in annotations, which are looked up by whoever asks for type hints."""

        def __class_getitem__(cls, dtype: Any) -> Any:
            """Give numpy's own."""
            from numpy.typing import NDArray as Array  # noqa: PLC0415

            return Array[dtype]


__all__ = ["NDArray", "np"]
