"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "44cd487121014b861974ff9c3bf7b9b8047e8b9da97cbfe51d9707bee4b78d8a",
    "default": "4e0611bd0d8e0f8cb2024e0084651d02ce599f411ea5eee94bb073d9c5bbf7b4",
}
