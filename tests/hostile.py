"""What attackers and accidents do to model folders, for the tests of those who read them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

TERMS = b"<intercept>\n<wordless>\n<start>\n<end>\nwe\ndeny\n#_den\n"
MAGIC = b"\x93NUMPY\x01\x00"


def manifest_of(folder: Path) -> dict[str, Any]:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest.pop("digest", None)
    assert isinstance(manifest, dict)
    return manifest


def forge(folder: Path, manifest: dict[str, Any], **files: bytes) -> None:
    """Write files (``weights_npz`` for ``weights.npz``) and a manifest that declares them."""
    for name, data in files.items():
        real = name.replace("_", ".")
        (folder / real).unlink(missing_ok=True)
        (folder / real).write_bytes(data)
        manifest["files"][real] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def npy(header: str | bytes, data: bytes = b"", magic: bytes = MAGIC) -> bytes:
    """An array file with any header."""
    text = header.encode() if isinstance(header, str) else header
    text += b" " * (-(len(text) + 11) % 64) + b"\n"
    return magic + len(text).to_bytes(2, "little") + text + data


def header(descr: str = "'<i2'", shape: str = "(7, 5)", order: str = "False") -> str:
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}"


def plain(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def pack(method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    """A zip file of array files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.npy", data)
    return file.getvalue()


WEIGHTS = plain(np.zeros((7, 5), np.int16))
RUNS = plain(np.zeros((0, 2), np.int32))
