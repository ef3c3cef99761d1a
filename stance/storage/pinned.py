"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "6f39973a291671dda87f85d92d1975d455c28e26a0659f95487cd2413e83abab",
    "default": "d82aa8990801ac769590d90eda0de1652d35f3b54e33d88d3ecf80e975b311b9",
}
