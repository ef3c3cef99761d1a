from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import stance
from stance.errors import DataError, InputTypeError, OptionError
from stance.storage.models import save

from .conftest import TEXTS, small_model

dd = pytest.importorskip("dask.dataframe", reason="needs stance[dask]")
distributed = pytest.importorskip("distributed", reason="needs stance[dask]")
import stance.dask  # noqa: E402 - only where there is Dask

# Dask's own, on the versions that it meets and on workers that die.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def quotes() -> pd.DataFrame:
    index = pd.Index([f"q{i:03}" for i in range(240)], name="id")
    return pd.DataFrame({"quote": TEXTS * 16, "n": range(240)}, index=index)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(small_model(), tmp_path / "model")
    return tmp_path / "model"


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, check_index_type=False)


def test_partitions_are_labelled_as_one_table_is(quotes: pd.DataFrame, folder: Path) -> None:
    labelled = stance.dask.label(dd.from_pandas(quotes, npartitions=7), text="quote", model=folder)
    assert labelled.npartitions == 7
    same(labelled.compute(), stance.label_frame(quotes, text="quote", model=small_model()))


def test_the_types_are_known_before_anything_is_computed(quotes: pd.DataFrame) -> None:
    labelled = stance.dask.label(dd.from_pandas(quotes, npartitions=2), text="quote", prefix="s_")
    expected = stance.label_frame(quotes[:1], text="quote", prefix="s_")
    assert labelled.columns.tolist() == expected.columns.tolist()
    assert labelled.dtypes["s_confidence"] == "float64"


def test_options_are_passed_on(quotes: pd.DataFrame) -> None:
    table = dd.from_pandas(quotes, npartitions=2)
    labelled = stance.dask.label(table, text="quote", min_confidence=1.0)
    assert labelled["stance"].compute().isna().all()


def test_the_model_does_not_go_with_the_tasks(quotes: pd.DataFrame) -> None:
    labelled = stance.dask.label(dd.from_pandas(quotes[:2], npartitions=1), text="quote")
    assert len(pickle.dumps(labelled)) < 20_000


@pytest.mark.parametrize(
    ("options", "error"),
    [({"text": "speech"}, DataError), ({"text": "quote", "min_confidence": 7}, OptionError)],
)
def test_wrong_options_are_errors_at_once(
    quotes: pd.DataFrame, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        stance.dask.label(dd.from_pandas(quotes, npartitions=2), **options)


def test_another_table_is_an_error(quotes: pd.DataFrame) -> None:
    with pytest.raises(InputTypeError, match=r"expected a dask\.dataframe\.DataFrame"):
        stance.dask.label(quotes, text="quote")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Any]:
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        local_directory=str(tmp_path),
        silence_logs=50,
    )
    with cluster, distributed.Client(cluster) as client:
        yield client


def test_nothing_is_lost_or_doubled_when_a_worker_dies(client: Any, folder: Path) -> None:
    quotes = pd.DataFrame({"quote": TEXTS * 800, "n": range(len(TEXTS) * 800)})
    table = dd.from_pandas(quotes, npartitions=60)
    parts = stance.dask.label(table, text="quote", model=folder).persist()
    futures = distributed.futures_of(parts)
    victims = client.run(os.getpid)
    next(iter(distributed.as_completed(futures)))
    holders = {worker for held in client.who_has(futures).values() for worker in held}
    os.kill(victims[holders.pop()], signal.SIGKILL)
    found = parts.compute()
    assert found["n"].tolist() == quotes["n"].tolist()
    same(found, stance.label_frame(quotes, text="quote", model=small_model()))
