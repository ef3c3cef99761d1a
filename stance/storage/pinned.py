"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "7d2f8a307ee4d24dcb6f3acc5cd8aea915dd40c58a2d07d5246b6d71cff88f8f",
    "default": "f9efaad12670894443a00fb9b04af7218ad1ac4b41b3255a62ce03efa4a7c56b",
}
