"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "7d2f8a307ee4d24dcb6f3acc5cd8aea915dd40c58a2d07d5246b6d71cff88f8f",
    "default": "2adee2198ea4f06d060042edd5704447f8928f535d047b74de0d0161084fe5c7",
}
