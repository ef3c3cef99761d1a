"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "7d2f8a307ee4d24dcb6f3acc5cd8aea915dd40c58a2d07d5246b6d71cff88f8f",
    "default": "97341edcce3a045642fd3ae7b32d101897094e451b17306b1fa32d9f11dc9dfa",
}
