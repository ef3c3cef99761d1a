"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "0d22f9719bcb896e3b1e466eb4f60888d732030ffe89b5ab45b8e5936ad8b0bd",
    "default": "c4e518bf73bda3ac35cf9e638467da8a9085139b13e060497a376a684abcbcf9",
}
