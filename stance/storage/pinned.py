"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "6e731709b68f0590ab6a7ffdae1b175435b74749357134f11b489afb8964b665",
    "default": "f9efaad12670894443a00fb9b04af7218ad1ac4b41b3255a62ce03efa4a7c56b",
}
