"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "d856a7ebfadffa975cdfe73d2156f155ec1e80b8d9043be23b5b7bb8a4dbc7e8",
    "default": "1e39430c27d03a248b9aecdb9054c448fb9a0b6b99d15ec4c27aaf7130e14cd6",
}
