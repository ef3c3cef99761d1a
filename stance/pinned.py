"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "3cca4c8e8e6612b44c76331bab52dc5aa37035e5937aa6461bf4c64574263f0b",
    "default": "f84e448fa2692639c7d861629a2dfcfda9df5e72037e3bb6ea1c6d5a01047cad",
}
