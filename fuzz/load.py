"""Any model folder: a ModelFormatError, or a model whose probabilities sum to 1."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, cast

import numpy as np

from stance.articles.storage import read_attribution
from stance.errors import ModelFormatError
from stance.storage.models import read

_FROZEN: Final = Path(__file__).resolve().parent.parent / "tests" / "frozen" / "format-2"
_SOUND: Final = {file.name: file.read_bytes() for file in _FROZEN.iterdir()}
_NAMES: Final = sorted(_SOUND)
_TEXTS: Final = ["They lied, we deny it.", ""]

SEED_DATA: Final = [bytes([i]) + _SOUND[name] for i, name in enumerate(_NAMES)]
SEED_DATA.append(bytes([len(_NAMES)]) + b'{"format": 2, "kind": "attribution"}')
WORDS: Final = [
    *(f'"{word}"'.encode() for word in json.loads(_SOUND["manifest.json"])),
    *(b"attribution", b"encoder", b"linear", b"NaN", b"1e999", b"-1", b"true", b"null", b"[[["),
    *(
        b"PK\3\4",
        b"PK\1\2",
        b"PK\5\6",
        b"PK\6\7",
        b"\x93NUMPY\x01\0",
        b"'descr': '|O'",
        b"'shape': ",
    ),
]


class Memory:
    """A folder in memory, or a file of it, with what the readers ask of a ``Traversable``."""

    def __init__(self, files: dict[str, bytes], name: str = "") -> None:
        self.files, self.name = files, name

    def is_dir(self) -> bool:
        return not self.name

    def iterdir(self) -> Iterator[Memory]:
        return (Memory(self.files, name) for name in self.files)

    def __truediv__(self, name: str) -> Memory:
        return Memory(self.files, name)

    def open(self, _mode: str) -> IO[bytes]:
        return io.BytesIO(self.files[self.name])


def check(data: bytes) -> None:
    """Read the sound folder with one file replaced and, but for the manifest, declared as it is."""
    which = data[0] % (len(_NAMES) + 1) if data else 0
    name = _NAMES[which] if which < len(_NAMES) else "manifest.json"
    files = {**_SOUND, name: data[1:]}
    if name != "manifest.json":
        manifest = json.loads(files["manifest.json"])
        entry = {"size": len(data) - 1, "sha256": hashlib.sha256(data[1:]).hexdigest()}
        manifest["files"][name] = entry
        files["manifest.json"] = json.dumps(manifest).encode()
    # Where the readers of other kinds of models begin, too.
    folder = cast(Any, Memory(files))
    with suppress(ModelFormatError):
        read_attribution(folder)
    try:
        model = read(folder)
    except ModelFormatError:
        return
    found = model.predict_proba(_TEXTS)
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-6
