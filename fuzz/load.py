"""Any model folder: a ModelFormatError, or a model whose probabilities sum to 1, whatever the engine."""

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
from stance.model import StanceModel
from stance.storage.models import read
from stance.storage.packed import pack_arrays

_FROZEN: Final = Path(__file__).resolve().parent.parent / "tests" / "frozen" / "format-2-filters"
_SOUND: Final = {file.name: file.read_bytes() for file in _FROZEN.iterdir()}
# Without its digest, as whoever forges a manifest would.
_MANIFEST: Final = json.loads(_SOUND["manifest.json"])
del _MANIFEST["digest"]
_SOUND["manifest.json"] = json.dumps(_MANIFEST).encode()
_NAMES: Final = sorted(_SOUND)
with np.load(_FROZEN / "weights.npz") as _file:
    _ARRAYS: Final = {name: _file[name] for name in sorted(_file.files)}
_TEXTS: Final = [
    "They lied, we deny it.",
    "",
    "Maybe, we do not know yet. If they come closer, zyzzyva?",
]

# The first byte tells which file is replaced, or that values of an array are.
SEED_DATA: Final = [bytes([i]) + _SOUND[name] for i, name in enumerate(_NAMES)]
SEED_DATA.append(bytes([len(_NAMES)]) + b'{"format": 2, "kind": "attribution"}')
SEED_DATA.extend(
    bytes([len(_NAMES) + 1, i]) + array.tobytes()[:64] for i, array in enumerate(_ARRAYS.values())
)
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


def with_values(data: bytes) -> bytes:
    """Put bytes over the first values of an array: past the checks of zip files, which know sums."""
    names = list(_ARRAYS)
    name = names[data[0] % len(names)] if data else names[0]
    values = bytearray(_ARRAYS[name].tobytes())
    given = data[1 : 1 + len(values)]
    values[: len(given)] = given
    array = np.frombuffer(values, _ARRAYS[name].dtype).reshape(_ARRAYS[name].shape)
    return pack_arrays(_ARRAYS | {name: array})


def check(data: bytes) -> None:
    """Read the sound folder with one file replaced and, but for the manifest, declared as it is."""
    which = data[0] % (len(_NAMES) + 2) if data else 0
    name, content = "manifest.json", data[1:]
    if which < len(_NAMES):
        name = _NAMES[which]
    elif which > len(_NAMES):
        name, content = "weights.npz", with_values(content)
    files = {**_SOUND, name: content}
    if name != "manifest.json":
        entry = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        declared = _MANIFEST | {"files": _MANIFEST["files"] | {name: entry}}
        files["manifest.json"] = json.dumps(declared).encode()
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
    if isinstance(model, StanceModel):
        # The compiled engine checks no bounds: what was loaded must be sound without.
        model.warm_up()
        assert model.predict_proba(_TEXTS).tobytes() == found.tobytes()
