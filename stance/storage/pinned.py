"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "bb8e3434b8b1b85a1a9a9bc4e8666f05b968518009d6f50e95d02d7f4cd39413",
    "default": "c4a5b3f62b996de9c977314e3184ecef69709527e33e1ef526c64f5c505158ef",
}
