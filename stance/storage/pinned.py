"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "9da7fa95dda65738b09b70b731ab72242d840e35b5abc7d727f449cf42820f24",
    "default": "6d3b6f9e73a6e9dad99727cab940607c3adb0b933e8cf0fd5010ac1dbd2af84e",
}
