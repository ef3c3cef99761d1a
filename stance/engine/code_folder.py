"""Where compiled code is kept between processes, and whether any is."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path


def has_numba() -> bool:
    """Tell whether numba is installed, without loading it."""
    return find_spec("numba") is not None


def code_folder() -> Path | None:
    """Give the folder that compiled code is kept in for the next process; None if there is none.

    It is the one that the variable ``NUMBA_CACHE_DIR`` names, or beside the package's modules if that
    can be written to; numba itself would go on to a folder in the user's home.
    """
    named = os.environ.get("NUMBA_CACHE_DIR")
    if named:
        return Path(named)
    beside = Path(__file__).parent / "__pycache__"
    place = beside if beside.is_dir() else beside.parent
    return beside if os.access(place, os.W_OK) else None


def is_compiled() -> bool:
    """Tell whether a process before has compiled the engine, as far as the names of files show."""
    folder = code_folder()
    return folder is not None and any(folder.rglob("kernel.score_joined-*.nbi"))
