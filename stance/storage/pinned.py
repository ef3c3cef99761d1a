"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "44cd487121014b861974ff9c3bf7b9b8047e8b9da97cbfe51d9707bee4b78d8a",
    "default": "a9c1a2b3ab196ace5f1cf5f8c23e8e94884d0fa40e1aced2db8c238314ad0c10",
}
