"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "3cca4c8e8e6612b44c76331bab52dc5aa37035e5937aa6461bf4c64574263f0b",
    "default": "9de9c2b62bf30b5228bf0df4eb3bb8f2eaa4d150770c392146e7603ac9963fd1",
}
