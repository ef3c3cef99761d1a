"""Pin the bundled models: write the SHA-256 of each manifest into stance/storage/pinned.py.

    python models/pin.py

To be run after a rebuild of models/default or models/attribution; until then the bundled model is
refused. Every other file is pinned by the manifest, which holds its digest.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from stance.features import RESERVED
from stance.model import StanceModel
from stance.storage.models import read

ROOT: Final = Path(__file__).resolve().parent.parent
MODELS: Final = ("attribution", "default")


def pinned_module() -> str:
    """Write the module that holds the digests."""
    lines = [
        '"""SHA-256 of the bundled models\' manifests; written by ``python models/pin.py``."""',
        "",
        "from typing import Final",
        "",
        "DIGESTS: Final = {",
    ]
    for name in MODELS:
        manifest = ROOT / "models" / name / "manifest.json"
        lines.append(f'    "{name}": "{hashlib.sha256(manifest.read_bytes()).hexdigest()}",')
    return "\n".join([*lines, "}", ""])


def check_order() -> None:
    """Stop unless words, spelling pieces and runs of the default model ascend, as they are looked up so."""
    model = read(ROOT / "models" / "default")
    assert isinstance(model, StanceModel)
    terms, pairs = model.vocabulary.terms, model.vocabulary.runs.tolist()
    parts = [terms[len(RESERVED) : terms.word_count], terms[terms.word_count :], pairs]
    if any(list(part) != sorted(part) for part in parts):
        raise SystemExit("models/default: words, pieces and runs must be in ascending order")


if __name__ == "__main__":
    check_order()
    (ROOT / "stance" / "storage" / "pinned.py").write_text(pinned_module(), encoding="utf-8")
