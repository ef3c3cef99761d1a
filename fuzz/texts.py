"""Bytes -> any str, lone surrogates and all."""

from __future__ import annotations

from typing import Final

_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-32-le", "latin-1")
MARKS: Final = (
    "“",
    "”",
    "‘",
    "’",
    '"',
    "'",
    "„",
    "«",
    "»",
    "``",
    "''",
    "\n",
    "said",
    "he",
    ",",
    ".",
)

SEEDS: Final = (
    "“We never took a cent,” Mayor Ada Obi said. She denied that the bridge was closed.",
    'Obi said: "They lied."\n\n“If they come,\n“we will strike.”',
    "We \ud800 deny d\u0301 it \u202eand\u202c \u200d maybe\0 not?!",
    "<script>alert(1)</script> & =HYPERLINK(1) 'n' the players’ “‘nested’”",
)


def text_of(data: bytes) -> str:
    """Make a text of bytes; the first one tells the encoding."""
    if not data:
        return ""
    encoding = _ENCODINGS[data[0] % len(_ENCODINGS)]
    rest = data[1:]
    try:
        return rest.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return rest.decode(encoding, "replace")


def bytes_of(text: str) -> bytes:
    """Make the bytes that give a text, in UTF-8."""
    return b"\0" + text.encode("utf-8", "surrogatepass")
