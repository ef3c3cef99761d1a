"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "7d2f8a307ee4d24dcb6f3acc5cd8aea915dd40c58a2d07d5246b6d71cff88f8f",
    "default": "f2a0a4f70ea58aa702a1409af3832b2ddc6f26235c6681372c20ec3583650d6a",
}
