"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "dcb549819d7f502752f23a77060c34412cc83504be4fce02b5d502e17dd9f3d7",
    "default": "7dd274ec3ac3fac92fe6e0d71b4881b47818cc549b6ecd7dea5b6b56dbbb3792",
}
