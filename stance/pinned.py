"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "3cca4c8e8e6612b44c76331bab52dc5aa37035e5937aa6461bf4c64574263f0b",
    "default": "b5885d3aed249c4042e69e67045202dc2412adebe2f9342c4428e9ab780e9703",
}
