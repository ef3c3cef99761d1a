"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "3579a5c55a241c990e0c7077f1ad3901c3d7fa7bcbfedde45cbc16940f71438f",
    "default": "7dd274ec3ac3fac92fe6e0d71b4881b47818cc549b6ecd7dea5b6b56dbbb3792",
}
