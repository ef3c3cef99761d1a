"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "e51f5cf1e1c6e523b9322e95317b5e0577501d7627f472f9f0eccf65f7f4068f",
    "default": "7dd274ec3ac3fac92fe6e0d71b4881b47818cc549b6ecd7dea5b6b56dbbb3792",
}
