"""SHA-256 of the bundled models' manifests; written by ``python models/pin.py``."""

from typing import Final

DIGESTS: Final = {
    "attribution": "119a1b6e88e15e25c03ad3cf37e396ffd954da417a7d662780a44824b3e31f13",
    "default": "e451b4c640a0079c22adc0d1a2dbe37869ffb6dbe9d504449c28849120b5c055",
}
