"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "64c0cea665015e891057835a3076fdf1b848c7e2de9fbeb696c5da86f037a63d",
    "default": "c4e518bf73bda3ac35cf9e638467da8a9085139b13e060497a376a684abcbcf9",
}
