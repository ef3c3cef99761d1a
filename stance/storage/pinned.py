"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "44cd487121014b861974ff9c3bf7b9b8047e8b9da97cbfe51d9707bee4b78d8a",
    "default": "d82aa8990801ac769590d90eda0de1652d35f3b54e33d88d3ecf80e975b311b9",
}
