from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import stance
from stance.model import StanceModel

from .conftest import ROOT

HEAVY = ("sklearn", "scipy", "pandas", "joblib")


def modules_after(code: str) -> set[str]:
    """Top-level modules that a fresh process has loaded after some code."""
    command = f"{code}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    result = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


def test_importing_loads_nothing_heavy() -> None:
    assert not modules_after("import stance") & {"numpy", *HEAVY}


def test_a_first_statement_is_labelled_without_numpy() -> None:
    assert "numpy" not in modules_after("import stance; stance.predict('They lied.').label")


def test_predicting_loads_numpy_alone() -> None:
    loaded = modules_after("import stance; stance.predict('They lied.').explain()")
    assert "numpy" in loaded
    assert not loaded & set(HEAVY)


def test_reading_an_article_loads_numpy_alone() -> None:
    assert not modules_after("import stance; stance.read_article('“No,” he said.')") & set(HEAVY)


def test_public_names_resolve() -> None:
    assert all(hasattr(stance, name) for name in stance.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'labels'"):
        stance.labels  # type: ignore[attr-defined]  # noqa: B018


def test_names_complete() -> None:
    assert set(stance.__all__) <= set(dir(stance))


def test_the_bundled_model_is_read_once() -> None:
    assert stance.load() is stance.load()


def test_the_bundled_model_is_under_eight_megabytes() -> None:
    files = (ROOT / "models" / "default").iterdir()
    assert sum(file.stat().st_size for file in files) < 8_000_000


def test_the_bundled_model_knows_all_labels(bundled: StanceModel) -> None:
    assert bundled.labels == stance.LABELS


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("You're saying maybe it didn't take place, that's possible too, I guess.", "hedge"),
        ("We categorically deny these allegations.", "denial"),
        ("They lied to this committee and covered it up.", "accusation"),
        ("If they attack us, we will strike back with everything we have.", "threat"),
        ("Thank you all very much for coming this morning.", "other"),
    ],
)
def test_plain_cases(text: str, label: str) -> None:
    assert stance.predict(text).label == label


def test_a_package_inside_a_zip_has_its_model(tmp_path: Path) -> None:
    archive = tmp_path / "stance.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted((ROOT / "stance").rglob("*.py")):
            packed.write(file, file.relative_to(ROOT).as_posix())
        for file in sorted((ROOT / "models" / "default").iterdir()):
            packed.write(file, f"stance/models/default/{file.name}")
    code = "import stance; print(stance.__file__, stance.predict('We deny it.').label)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(archive)},
    )
    assert str(archive) in result.stdout
