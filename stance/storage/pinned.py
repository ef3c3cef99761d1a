"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "6f39973a291671dda87f85d92d1975d455c28e26a0659f95487cd2413e83abab",
    "default": "4e0611bd0d8e0f8cb2024e0084651d02ce599f411ea5eee94bb073d9c5bbf7b4",
}
