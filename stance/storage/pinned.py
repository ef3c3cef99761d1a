"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "90618e9d039030d5e3ff20e7dc169ca5ed12d2477ff36c374c16e95d128c30c4",
    "default": "7dd274ec3ac3fac92fe6e0d71b4881b47818cc549b6ecd7dea5b6b56dbbb3792",
}
