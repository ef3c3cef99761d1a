from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import stance
from stance.errors import DataError
from stance.storage.models import save

from .conftest import TEXTS, small_model

sql = pytest.importorskip("pyspark.sql", reason="needs stance[spark]")
if shutil.which("java") is None:
    pytest.skip("needs Java", allow_module_level=True)
import stance.spark  # noqa: E402 - only where there is Spark

# Spark's own, on the versions that it meets.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = builder.getOrCreate()
        yield session
        session.stop()


def test_batches_are_labelled_as_one_table_is(session: Any, tmp_path: Path) -> None:
    save(small_model(), tmp_path / "model")
    quotes = pd.DataFrame({"quote": TEXTS, "n": range(len(TEXTS))})
    table = session.createDataFrame(quotes).repartition(3)
    found = stance.spark.label(table, text="quote", model=tmp_path / "model").toPandas()
    expected = stance.label_frame(quotes, text="quote", model=small_model())
    found = found.sort_values("n", ignore_index=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_a_missing_column_is_an_error_at_once(session: Any) -> None:
    table = session.createDataFrame(pd.DataFrame({"quote": TEXTS}))
    with pytest.raises(DataError, match="no column named 'speech'"):
        stance.spark.label(table, text="speech")
