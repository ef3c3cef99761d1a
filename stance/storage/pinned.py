"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "119a1b6e88e15e25c03ad3cf37e396ffd954da417a7d662780a44824b3e31f13",
    "default": "c4e518bf73bda3ac35cf9e638467da8a9085139b13e060497a376a684abcbcf9",
}
