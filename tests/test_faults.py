"""Many threads, many processes, interrupts, and disks that cannot be written to."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import subprocess
import sys
import tempfile
import threading
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import stance
from stance import features
from stance.cli import main
from stance.errors import ModelFormatError
from stance.model import StanceModel
from stance.storage.models import save

from .conftest import ROOT, small_model

TEXTS = ["They lied to them all.", "We deny it, unheard-of words", "", "If they come ..."] * 25
BORNE = (
    200_000  # bytes; what Python keeps to use again; a model, a page or a result each time is more
)
FROZEN = ROOT / "tests" / "frozen" / "format-2-digest"


def test_threads_predict_alike_while_another_loads_and_saves(tmp_path: Path) -> None:
    shared = stance.load(FROZEN)
    expected = shared.predict_proba(TEXTS).tobytes()
    done = threading.Event()

    def predict(_: int) -> set[bytes]:
        found = set()
        while not done.is_set():
            found.add(shared.predict_proba(TEXTS).tobytes())
        return found

    def load_and_save() -> set[bytes]:
        found = set()
        try:
            for _ in range(20):
                save(small_model(), tmp_path / "model")
                found.add(stance.load(tmp_path / "model").predict_proba(TEXTS).tobytes())
        finally:
            done.set()
        return found

    with ThreadPoolExecutor(17) as pool:
        writer = pool.submit(load_and_save)
        readers = [pool.submit(predict, number) for number in range(16)]
        assert set.union(*(reader.result() for reader in readers)) == {expected}
        assert writer.result() == {small_model().predict_proba(TEXTS).tobytes()}


def test_a_model_loaded_while_it_is_replaced_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    old, new = stance.load(FROZEN), small_model()
    known = {model.predict_proba(TEXTS).tobytes() for model in (old, new)}
    assert isinstance(old, StanceModel)
    save(old, tmp_path / "model")
    done = threading.Event()
    found: set[bytes] = set()

    def load() -> None:
        while not done.is_set():
            try:
                found.add(stance.load(tmp_path / "model").predict_proba(TEXTS).tobytes())
            except ModelFormatError:
                continue  # in the moment between the two there is no model

    with ThreadPoolExecutor(2) as pool:
        reader = pool.submit(load)
        try:
            for _ in range(15):
                save(new, tmp_path / "model")
                save(old, tmp_path / "model")
        finally:
            done.set()
        reader.result()
    assert found <= known


def test_many_first_calls_at_once_agree() -> None:
    code = (
        "import stance; from concurrent.futures import ThreadPoolExecutor as Pool;"
        "print(len(set(Pool(16).map(lambda i: str(stance.predict('They lied.')), range(64)))))"
    )
    assert run(code) == "1"


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=300,
    )
    return done.stdout.strip()


@pytest.mark.skipif(not hasattr(multiprocessing, "get_context"), reason="needs processes")
def test_a_forked_process_predicts_what_its_parent_did() -> None:
    code = (
        "import os, stance\n"
        "texts = ['They lied.', 'zyzzyva', ''] * 2000\n"
        "before = stance.load().predict_proba(texts).tobytes()\n"
        "articles = str(stance.read_article('“No,” he said.'))\n"
        "child = os.fork()\n"
        "same = stance.load().predict_proba(texts).tobytes() == before\n"
        "same &= str(stance.read_article('“No,” he said.')) == articles\n"
        "if child == 0: os._exit(0 if same else 1)\n"
        "print(same, os.waitpid(child, 0)[1])"
    )
    assert run(code) == "True 0"


def test_spawned_processes_predict_what_their_parent_does() -> None:
    model = small_model()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        found = list(pool.map(model.predict_proba, [TEXTS, TEXTS]))
    assert {one.tobytes() for one in found} == {model.predict_proba(TEXTS).tobytes()}


def test_an_interrupted_prediction_leaves_the_model_as_it_was(
    model: StanceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = model.predict_proba(TEXTS).tobytes()
    for moment in (1, 30, 99):
        calls = iter(range(1000))
        tokens = features.words

        def words(text: str, calls: Any = calls, moment: int = moment, tokens: Any = tokens) -> Any:
            if next(calls) == moment:
                raise KeyboardInterrupt
            return tokens(text)

        with monkeypatch.context() as patch:
            patch.setattr(features, "words", words)
            with pytest.raises(KeyboardInterrupt):
                model.predict_proba(TEXTS)
        assert model.predict_proba(TEXTS).tobytes() == expected


def test_an_interrupted_load_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    from stance import bundled

    def interrupt(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    kept = stance.load()
    bundled._bundled.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(bundled, "read", interrupt)
        with pytest.raises(KeyboardInterrupt):
            stance.load()
    assert stance.load().predict_proba(TEXTS).tobytes() == kept.predict_proba(TEXTS).tobytes()


def refuse(number: int) -> Callable[..., Any]:
    def raise_it(*_: Any, **__: Any) -> Any:
        raise OSError(number, "refused")

    return raise_it


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_target_that_cannot_be_written_to_is_left(
    model: StanceModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    save(model, tmp_path / "model")
    before = sorted(tmp_path.rglob("*"))
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", refuse(number))
        with pytest.raises(OSError, match="refused"):
            save(model, tmp_path / "model")
    assert sorted(tmp_path.rglob("*")) == before
    stance.load(tmp_path / "model")


def test_a_target_below_a_file_is_an_error(model: StanceModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"):
        save(model, tmp_path / "file" / "model")
    assert (tmp_path / "file").read_text() == "x"


def test_the_command_tells_of_a_broken_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "manifest.json").write_text("{")
    assert main(["predict", "--model", str(tmp_path), "They lied."]) == 1
    assert "stance: manifest.json: not valid JSON" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [["predict", "They lied."], ["info"]], ids=["predict", "info"])
def test_the_command_tells_of_a_full_disk(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "stance", *command],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("stance: No space left on device")


def test_a_reader_that_leaves_is_no_fault() -> None:
    """As head does once it has its lines."""
    with subprocess.Popen(
        [sys.executable, "-m", "stance", "predict"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"They lied.\n" * 10_000)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_folders_of_other_processes_are_left_alone(model: StanceModel, tmp_path: Path) -> None:
    """What another process has put aside beside the same model stays."""
    (tmp_path / ".model-abc").mkdir()
    save(model, tmp_path / "model")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".model-abc", "model"]


def grown(work: Callable[[], object], times: int) -> int:
    """Bytes that are held after some rounds of work and were not after the first few."""
    for _ in range(3):
        work()
    gc.collect()
    tracemalloc.start()
    try:
        work()
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(times):
            work()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def test_loading_again_and_again_holds_no_memory() -> None:
    assert grown(lambda: stance.load(FROZEN).predict_proba(TEXTS), 50) < BORNE


def test_predicting_again_and_again_holds_no_memory(model: StanceModel) -> None:
    model.warm_up()  # else an engine would begin on the way, whenever it pays
    assert grown(lambda: [p.explain() for p in model.label(TEXTS)], 30) < BORNE


def test_reading_again_and_again_holds_no_memory() -> None:
    article = "“We never took a cent,” Mayor Ada Obi said. She denied it.\n" * 5
    assert grown(lambda: stance.read_article(article), 30) < BORNE


def test_errors_hold_no_memory(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{")

    def fail() -> None:
        with pytest.raises(ModelFormatError):
            stance.load(tmp_path)

    assert grown(fail, 50) < BORNE


def test_saving_again_and_again_leaves_one_folder(model: StanceModel, tmp_path: Path) -> None:
    for _ in range(10):
        save(model, tmp_path / "model")
    assert [entry.name for entry in tmp_path.iterdir()] == ["model"]
