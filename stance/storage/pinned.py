"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "7f4f23703bb556278284f572e6445e36736b1e88ac70ed159a2024525ae5e6bd",
    "default": "c4e518bf73bda3ac35cf9e638467da8a9085139b13e060497a376a684abcbcf9",
}
