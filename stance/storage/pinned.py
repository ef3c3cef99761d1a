"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "6e731709b68f0590ab6a7ffdae1b175435b74749357134f11b489afb8964b665",
    "default": "94b6c4dea24390849fe3aa4956fc8d6b699d224f7e8989ad95621e241d9e4650",
}
