"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "3cca4c8e8e6612b44c76331bab52dc5aa37035e5937aa6461bf4c64574263f0b",
    "default": "d82aa8990801ac769590d90eda0de1652d35f3b54e33d88d3ecf80e975b311b9",
}
