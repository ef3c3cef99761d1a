"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "e51f5cf1e1c6e523b9322e95317b5e0577501d7627f472f9f0eccf65f7f4068f",
    "default": "a2cf99f25de53b4b227464e9fd48d25714df91d905a8b7c1615e28c498833491",
}
