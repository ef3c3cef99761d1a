"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "3cca4c8e8e6612b44c76331bab52dc5aa37035e5937aa6461bf4c64574263f0b",
    "default": "7bb6b6841bb35d70e1360ab91a8851af8c9c42eb00d453639890d1cf347f6733",
}
