"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "052e496d9d7090854ce1f45a8be9d92a6437089439a680ba4d06da046c06df57",
    "default": "c4e518bf73bda3ac35cf9e638467da8a9085139b13e060497a376a684abcbcf9",
}
