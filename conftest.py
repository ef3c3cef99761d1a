"""What pytest collects: the examples of all modules that can be imported here."""

from __future__ import annotations

from importlib.util import find_spec

# Compiled code is written for numba (stance[fast]) and cannot be imported without it.
collect_ignore_glob = (
    [] if find_spec("numba") else ["stance/engine/kernel.py", "stance/engine/compiled_*.py"]
)
