"""Any file: what it holds, or an error of ours."""

from __future__ import annotations

import atexit
import gzip
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from stance.articles.annotated import read_annotated
from stance.articles.files import read_article_file
from stance.data.datasets import load_statements
from stance.data.rows import read_rows
from stance.encoders.onnx_graph import check_graph
from stance.errors import StanceError
from stance.files.table_formats import TableFormat
from stance.learning.word_vectors import read_vectors
from stance.storage.packed import read_arrays
from stance.storage.strict_json import read_json

from .tables import label_table

_FOLDER: Final = Path(tempfile.mkdtemp(prefix="stance-fuzz-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

_READERS: Final[list[tuple[str, Callable[[Path, bytes], Any]]]] = [
    ("a.csv", lambda path, _: list(read_rows(path))),
    ("a.jsonl", lambda path, _: list(read_rows(path))),
    ("a.csv.gz", lambda path, _: list(read_rows(path))),
    ("b.csv", lambda path, _: load_statements(path)),
    ("b.jsonl", lambda path, _: load_statements(path)),
    ("c.jsonl", lambda path, _: read_annotated(path)),
    ("d.txt", lambda path, _: read_article_file(str(path))),
    ("e.npz", lambda path, _: read_vectors(path)),
    ("f.onnx", lambda _, data: check_graph(data, "f.onnx")),
    ("g.npz", lambda _, data: read_arrays(data, "g.npz", required=["words"])),
    ("h.json", lambda _, data: read_json(data)),
    ("i.csv", lambda path, _: label_table(path, TableFormat("csv"))),
    ("i.tsv.gz", lambda path, _: label_table(path, TableFormat("jsonl"))),
    ("i.jsonl", lambda path, _: label_table(path, TableFormat("jsonl"))),
    ("j.jsonl", lambda path, _: label_table(path, TableFormat("csv"))),
    ("i.txt", lambda path, _: label_table(path, TableFormat("tsv"))),
]
_ROW: Final = b'{"id": "1", "text": "We deny it.", "primary": "denial", "stances": ["denial"]}\n'
_TABLE: Final = b'id,text,primary,stances\n1,"We, too",denial,denial|threat\n'
_ARTICLE: Final = (
    b'{"doc": "a", "text": "He said no.", "attributions": '
    b'[{"source": [[0, 2]], "cue": [[3, 7]], "content": [[8, 10]]}]}\n'
)
_BODIES: Final = [_TABLE, _ROW, gzip.compress(_TABLE, mtime=0), _TABLE, _ROW, _ARTICLE]
_BODIES.extend([b"\xef\xbb\xbfHe said no.", b"PK\5\6" + bytes(18), b"\x08\x08", b"PK\5\6", b"{}"])
_BODIES.extend(
    [_TABLE, gzip.compress(b'text\tn\n"a\nb"\t=1\n', mtime=0), _ROW, _ROW, b"No.\n\nYes."]
)

SEED_DATA: Final = [bytes([i]) + body for i, body in enumerate(_BODIES)]
WORDS: Final = [
    b"accusation",
    b"other",
    b"natural",
    b"group",
    b"soft",
    b"NaN",
    b'""',
    b"\r\n",
    b"|",
]
WORDS.extend([b"1e999", b"\\ud800", b"[[", b"PK\3\4", b"PK\1\2", b"\x1f\x8b", b"\x93NUMPY\x01\0"])


def check(data: bytes) -> None:
    """Read one file as the first byte says."""
    name, read = _READERS[data[0] % len(_READERS) if data else 0]
    path = _FOLDER / name
    path.write_bytes(data[1:])
    try:
        read(path, data[1:])
    except StanceError:
        return
    except ValueError:
        if name != "h.json":
            raise
