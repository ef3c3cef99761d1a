"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "e950ba1332b912f1fb28c7579b36f4374717838d05c54854f456e31a006dbfee",
    "default": "4e0611bd0d8e0f8cb2024e0084651d02ce599f411ea5eee94bb073d9c5bbf7b4",
}
