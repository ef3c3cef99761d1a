"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "112e06cabce7f1368f29d2b4504da0508e132e301fd57e40c1c5c223ead23462",
    "default": "6d3b6f9e73a6e9dad99727cab940607c3adb0b933e8cf0fd5010ac1dbd2af84e",
}
