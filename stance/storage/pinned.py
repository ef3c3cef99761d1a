"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "bb8e3434b8b1b85a1a9a9bc4e8666f05b968518009d6f50e95d02d7f4cd39413",
    "default": "6d3b6f9e73a6e9dad99727cab940607c3adb0b933e8cf0fd5010ac1dbd2af84e",
}
