"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "d0c86c804da887e67b50cbad934fab59c9fe46dc3a53effad445523f13027580",
    "default": "6d3b6f9e73a6e9dad99727cab940607c3adb0b933e8cf0fd5010ac1dbd2af84e",
}
