"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "9da7fa95dda65738b09b70b731ab72242d840e35b5abc7d727f449cf42820f24",
    "default": "a2cf99f25de53b4b227464e9fd48d25714df91d905a8b7c1615e28c498833491",
}
