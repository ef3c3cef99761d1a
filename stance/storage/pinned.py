"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "7d2f8a307ee4d24dcb6f3acc5cd8aea915dd40c58a2d07d5246b6d71cff88f8f",
    "default": "8c366994a887bf84c924a968cffcdf8765e7eb70f77665496cefb78d00ec7177",
}
