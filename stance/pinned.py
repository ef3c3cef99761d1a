"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "11ca5579dbbb6a43dc21b0a9c0be21937494fed8b29879f4f05f0c2ae72ad21c",
    "default": "f84e448fa2692639c7d861629a2dfcfda9df5e72037e3bb6ea1c6d5a01047cad",
}
