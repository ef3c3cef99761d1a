"""Folders of strangers, broken downloads and full disks: a working model, or an error that says why."""

from __future__ import annotations

import ast
import builtins
import contextlib
import errno
import json
import os
import pickle
import shutil
import socket
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import stance
from stance.classifier import StanceClassifier
from stance.errors import ModelFormatError
from stance.model import StanceModel
from stance.storage import folder_files, folders
from stance.storage.models import read, save

from .conftest import LABELS, small_model
from .conftest import TEXTS as LEARNED
from .hostile import RUNS, TERMS, WEIGHTS, forge, header, manifest_of, npy, pack, plain

FILES = ["manifest.json", "vocabulary.txt", "weights.npz", "README.md"]
TEXTS = ["They lied.", "We deny it, withdrawn.", "", "If they come, we will strike."]
FROZEN = Path(__file__).parent / "frozen" / "format-2-digest"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FROZEN, tmp_path / "model")


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("name", FILES)
def test_every_flipped_bit_is_an_error_or_harmless(folder: Path, name: str) -> None:
    data = (folder / name).read_bytes()
    sound = stance.load(folder)
    before = sound.predict_proba(TEXTS).tobytes()
    silent = []
    for at in range(len(data)):
        for mask in {1 << (at % 8), 0xFF, 0x20}:
            flipped = bytearray(data)
            flipped[at] ^= mask
            (folder / name).write_bytes(flipped)
            try:
                model = stance.load(folder)
            except ModelFormatError:
                continue
            same = model.predict_proba(TEXTS).tobytes() == before
            if not same or model.thresholds != sound.thresholds or model.prior != sound.prior:
                silent.append((at, mask))
    assert not silent


@pytest.mark.parametrize("name", FILES)
def test_every_truncation_is_an_error(folder: Path, name: str) -> None:
    data = (folder / name).read_bytes()
    # The manifest's last byte is a line break, which says nothing.
    for length in range(len(data) - (name == "manifest.json")):
        (folder / name).write_bytes(data[:length])
        with pytest.raises(ModelFormatError, match="json" if name == "manifest.json" else name):
            stance.load(folder)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_file_that_goes_on_is_an_error(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(ModelFormatError, match=f"{name}: more than"):
        stance.load(folder)


@pytest.mark.parametrize("name", FILES[:3])
@pytest.mark.parametrize("other", FILES)
def test_swapped_files_are_errors(folder: Path, name: str, other: str) -> None:
    if name == other:
        return
    one, two = (folder / name).read_bytes(), (folder / other).read_bytes()
    (folder / name).write_bytes(two)
    (folder / other).write_bytes(one)
    with pytest.raises(ModelFormatError):
        stance.load(folder)


@pytest.mark.parametrize("name", FILES[:3])
def test_a_file_of_another_model_is_an_error(folder: Path, tmp_path: Path, name: str) -> None:
    classifier = StanceClassifier(min_count=1, calibration_folds=0)
    save(classifier.fit(LEARNED[:6], LABELS[:6]).model_, tmp_path / "other")
    shutil.copy(tmp_path / "other" / name, folder / name)
    with pytest.raises(ModelFormatError, match=r"vocabulary\.txt|weights\.npz|must hold"):
        stance.load(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_linked_file_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ModelFormatError, match=f"{name}: is a link"):
        stance.load(folder)


def test_a_linked_folder_is_refused_with_a_way_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    with pytest.raises(ModelFormatError, match="is a link; give the folder that it leads to"):
        stance.load(tmp_path / "link")
    stance.load((tmp_path / "link").resolve())


def test_a_link_that_leads_nowhere_or_round_is_refused(folder: Path) -> None:
    for target in ("nowhere", "weights.npz"):
        (folder / "weights.npz").unlink()
        (folder / "weights.npz").symlink_to(target)
        with pytest.raises(ModelFormatError, match=r"weights\.npz: is a link"):
            stance.load(folder)


def test_a_link_made_after_the_check_is_not_followed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "README.md").rename(tmp_path / "elsewhere")
    (folder / "README.md").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setattr("os.path.islink", lambda _: False)
    with pytest.raises(ModelFormatError, match=r"README\.md: cannot be read"):
        stance.load(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_pipe_is_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(ModelFormatError, match=f"{name}: is not a regular file"):
        stance.load(folder)


def test_a_folder_in_a_files_place_is_an_error(folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "README.md").mkdir()
    with pytest.raises(ModelFormatError, match=r"README\.md"):
        stance.load(folder)


def test_a_socket_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(FROZEN, tmp_path / "model")
    (folder / "README.md").unlink()
    monkeypatch.chdir(folder)  # the names of sockets must be short
    with socket.socket(socket.AF_UNIX) as here:
        here.bind("README.md")
        with pytest.raises(ModelFormatError, match=r"README\.md"):
            stance.load(folder)


@pytest.mark.parametrize("path", ["", "a\0b", "x" * 5000, "/dev/null", "/proc/self/mem"])
def test_odd_paths_are_errors(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelFormatError):
        stance.load(path)


@pytest.mark.parametrize("call", ["open", "scandir"])
def test_what_may_not_be_read_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(ModelFormatError, match=r"cannot be read: .*Permission denied"):
        stance.load(folder)


def test_a_folder_of_many_files_is_not_listed_to_the_end(folder: Path) -> None:
    for number in range(300):
        (folder / f"{number}{'x' * 200}").touch()
    with pytest.raises(ModelFormatError, match="must hold") as caught:
        stance.load(folder)
    assert len(str(caught.value)) < 1000


def test_a_folder_that_changes_while_it_is_read_gives_no_mixture(
    folder: Path, model: StanceModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another model takes its place after each file in turn: never one model's head on another's body."""
    old, new = stance.load(folder), model
    save(new, tmp_path / "new", card="# Another\n")
    for moment in range(5):
        here = shutil.copytree(FROZEN, tmp_path / f"m{moment}")
        calls = iter(range(10))

        def read_and_swap(
            *given: Any, here: Path = here, calls: Any = calls, moment: int = moment, **options: Any
        ) -> bytes:
            if next(calls) == moment:
                shutil.rmtree(here)
                shutil.copytree(tmp_path / "new", here)
            return folder_files.read_file(*given, **options)

        monkeypatch.setattr(folders, "read_file", read_and_swap)
        try:
            found = stance.load(here).predict_proba(TEXTS).tobytes()
        except ModelFormatError:
            continue
        assert found in {old.predict_proba(TEXTS).tobytes(), new.predict_proba(TEXTS).tobytes()}


MANIFESTS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "format true": (lambda m: m.update(format=True), "format True is not known"),
    "format 1.0": (lambda m: m.update(format=1.0), "format 1.0 is not known"),
    "format -1": (lambda m: m.update(format=-1), "format -1 is not known"),
    "format a deep list": (lambda m: m.update(format=nested(30)), "is not known"),
    "format a long text": (lambda m: m.update(format="x" * 100_000), "is not known"),
    "kind a list": (lambda m: m.update(kind=[]), "kind must be one of"),
    "kind of another": (lambda m: m.update(kind="encoder"), "files must be"),
    "an unknown key": (lambda m: m.update(module="os"), "unknown keys .'module'"),
    "too deep": (lambda m: m.update(facts=nested(40)), "nested more than 32"),
    "too long": (lambda m: m.update(facts={"x": "x" * 2**20}), "more than 1,048,576 bytes"),
    "no files": (lambda m: m.pop("files"), "files must be an object"),
    "a name with ..": (lambda m: rename(m, "../weights.npz"), "files must be"),
    "an absolute name": (lambda m: rename(m, "/etc/passwd"), "files must be"),
    "a name with a NUL": (lambda m: rename(m, "weights.npz\0"), "files must be"),
    "a name in capitals": (lambda m: rename(m, "WEIGHTS.NPZ"), "files must be"),
    "size true": (lambda m: m["files"]["README.md"].update(size=True), "needs a size"),
    "size negative": (lambda m: m["files"]["README.md"].update(size=-1), "needs a size"),
    "size real": (lambda m: m["files"]["README.md"].update(size=80.0), "needs a size"),
    "size huge": (lambda m: m["files"]["README.md"].update(size=2**62), "declare more than"),
    "size past 64 bits": (lambda m: m["files"]["README.md"].update(size=2**70), "too large"),
    "sizes huge in sum": (
        lambda m: [one.update(size=2**27) for one in m["files"].values()],
        "declare more than",
    ),
    "digest a list": (lambda m: m["files"]["README.md"].update(sha256=[]), "needs a size"),
    "digest empty": (lambda m: m["files"]["README.md"].update(sha256=""), "SHA-256"),
    "an entry of text": (lambda m: m["files"].update({"README.md": "x"}), "needs a size"),
    "one thing more in an entry": (lambda m: m["files"]["README.md"].update(x=1), "needs a size"),
    "digest of the whole": (lambda m: m.update(digest="0" * 64), "altered"),
    "digest null": (lambda m: m.update(digest=None), "altered"),
    "labels a text": (lambda m: m.update(labels="denial"), "labels must be"),
    "labels of lists": (lambda m: m.update(labels=[[], []]), "labels must be"),
    "a label twice": (lambda m: m.update(labels=["denial", "denial"]), "labels must be"),
    "labels fewer": (lambda m: m.update(labels=["denial", "other"]), "weights must be"),
    "order huge": (lambda m: m["features"].update(order=2**40), r"features\.order"),
    "precision negative": (lambda m: m["features"].update(precision=-1), r"features\.precision"),
    "precision real": (lambda m: m["features"].update(precision=9.0), r"features\.precision"),
    "shift huge": (lambda m: m["features"].update(filter_shift=99), r"features\.filter_shift"),
    "thresholds of other": (lambda m: m.update(thresholds={"other": 0.5}), "thresholds"),
    "thresholds a list": (lambda m: m.update(thresholds=[0.5]), "thresholds"),
    "threshold below 0": (lambda m: m.update(thresholds={"threat": -0.1}), "thresholds"),
    "threshold true": (lambda m: m.update(thresholds={"threat": True}), "thresholds"),
    "prior of one": (lambda m: m.update(prior={"other": 0.5}), "prior"),
    "prior 0": (lambda m: m["prior"].update(other=0.0), "prior"),
    "prior a list": (lambda m: m.update(prior=[0.2] * 5), "prior"),
    "facts a text": (lambda m: m.update(facts="x"), "facts must be"),
}


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


def rename(manifest: dict[str, Any], name: str) -> None:
    manifest["files"][name] = manifest["files"].pop("weights.npz")


@pytest.mark.parametrize(("change", "message"), MANIFESTS.values(), ids=MANIFESTS)
def test_a_forged_manifest_is_refused(
    folder: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    manifest = manifest_of(folder)
    change(manifest)
    forge(folder, manifest)
    with pytest.raises(ModelFormatError, match=message):
        stance.load(folder)


@pytest.mark.parametrize("text", ['{"format": 2, "format": 2}', "[" * 10**6, "9" * 10**6])
def test_bombs_in_json_are_refused(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(ModelFormatError, match=r"manifest\.json: not valid JSON"):
        stance.load(folder)


def bare(folder: Path, **files: bytes) -> None:
    """A model of seven terms without filters, and what of it is to be replaced."""
    manifest = manifest_of(folder)
    manifest["features"] = {"order": 3, "precision": 9}
    usual = {"vocabulary_txt": TERMS, "weights_npz": pack(weights=WEIGHTS, runs=RUNS)}
    forge(folder, manifest, **usual | files)


def test_a_bare_model_loads(folder: Path) -> None:
    bare(folder)
    assert stance.load(folder).predict(["We deny it."]).tolist() == ["accusation"]


VOCABULARIES = {
    "no line break at the end": (TERMS[:-1], "must end with a line break"),
    "a term twice": (TERMS + b"#_den\n", "stands twice"),
    "a reserved name twice": (TERMS.replace(b"we", b"<end>"), "stands twice"),
    "not UTF-8": (TERMS.replace(b"we", b"\xed\xa0\x80"), "not UTF-8"),
    "a term too many": (TERMS + b"#x\n", "weights must be"),
    "a term too few": (TERMS[:-6], "weights must be"),
    "other line breaks": (TERMS.replace(b"\n", b"\r\n"), "must begin with"),
}


@pytest.mark.parametrize(("data", "message"), VOCABULARIES.values(), ids=VOCABULARIES)
def test_a_hostile_vocabulary_is_refused(folder: Path, data: bytes, message: str) -> None:
    bare(folder, vocabulary_txt=data)
    with pytest.raises(ModelFormatError, match=message):
        stance.load(folder)


def test_ten_million_terms_are_refused_before_they_are_split(folder: Path) -> None:
    bare(folder, vocabulary_txt=TERMS + b"a\n" * 10**7)
    load = stance.load  # what it imports does not count
    tracemalloc.start()
    with pytest.raises(ModelFormatError, match=r"vocabulary\.txt: more than 4,194,304 terms"):
        load(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * 2 * 10**7


INT16, INT32 = np.int16, np.int32


def runs(*pairs: list[int]) -> NDArray[np.int32]:
    return np.array(pairs, INT32)


ARRAYS = {
    "weights of floats": ({"weights": np.zeros((7, 5))}, "weights must be"),
    "weights unsigned": ({"weights": np.zeros((7, 5), np.uint16)}, "weights must be"),
    "weights flat": ({"weights": np.zeros(35, INT16)}, "weights must be"),
    "weights none": ({"weights": np.zeros((0, 5), INT16)}, "weights must be"),
    "a single number": ({"weights": np.zeros((), INT16)}, "weights must be"),
    "runs of 64 bits": ({"runs": np.zeros((0, 2), np.int64)}, "runs must be"),
    "runs flat": ({"runs": np.zeros(2, INT32)}, "runs must be"),
    "a run of itself": (
        {"weights": np.zeros((8, 5), INT16), "runs": runs([7, 4])},
        "point to rows",
    ),
    "a run behind it": (
        {"weights": np.zeros((8, 5), INT16), "runs": runs([99, 4])},
        "point to rows",
    ),
    "a run below 0": ({"weights": np.zeros((8, 5), INT16), "runs": runs([4, -1])}, "point to rows"),
    "a run twice": (
        {"weights": np.zeros((9, 5), INT16), "runs": runs([4, 5], [4, 5])},
        "stands twice",
    ),
    "some filter arrays": ({"filter_bias": np.zeros(1, INT16)}, "filter_vectors must be"),
    "no filters": ({"filter_count": 0}, "filters of 1 to 1024"),
    "many filters": ({"filter_count": 5000}, "filters of 1 to 1024"),
    "filters of no dimension": ({"filter_dimensions": 0}, "filters of 1 to 1024"),
    "filters of many dimensions": ({"filter_dimensions": 2000}, "filters of 1 to 1024"),
    "filters too wide": ({"filter_width": 4}, "does not fit"),
    "filters of no width": ({"filter_width": 0}, "does not fit"),
    "too few vectors": ({"filter_words": 2}, "does not fit"),
    "filters too heavy": ({"filter_weight": 2**31 - 1, "filter_count": 999}, "summed exactly"),
}


def filters(width: int, dimensions: int, count: int, words: int, weight: int) -> dict[str, Any]:
    return {
        "filter_vectors": np.zeros((words + 1, dimensions), np.int8),
        "filter_kernel": np.zeros((width, dimensions, count), np.int8),
        "filter_bias": np.zeros(count, INT16),
        "filter_weights": np.full((count, 5), weight, INT32),
    }


@pytest.mark.parametrize(("change", "message"), ARRAYS.values(), ids=ARRAYS)
def test_hostile_arrays_are_refused(folder: Path, change: dict[str, Any], message: str) -> None:
    arrays: dict[str, Any] = {"weights": np.zeros((7, 5), INT16), "runs": np.zeros((0, 2), INT32)}
    names = ("width", "dimensions", "count", "words", "weight")
    shape = {"width": 2, "dimensions": 3, "count": 4, "words": 6, "weight": 1}
    asked = {name: change[f"filter_{name}"] for name in names if f"filter_{name}" in change}
    if asked:
        arrays |= filters(**shape | asked)
    else:
        arrays |= change
    bare(folder, weights_npz=pack(**{name: plain(array) for name, array in arrays.items()}))
    with pytest.raises(ModelFormatError, match=message):
        stance.load(folder)


def test_a_declared_shape_is_not_allocated(folder: Path) -> None:
    big = npy(header(shape="(100000000000, 5)"), bytes(70))
    bare(folder, weights_npz=pack(weights=big, runs=RUNS))
    load = stance.load  # what it imports does not count
    tracemalloc.start()
    with pytest.raises(
        ModelFormatError, match=r"weights\.npz: weights.* takes 1000000000000 bytes"
    ):
        load(folder)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_declared_size_is_not_allocated(folder: Path) -> None:
    manifest = manifest_of(folder)
    manifest["files"]["README.md"]["size"] = 200 * 2**20
    forge(folder, manifest)
    load = stance.load  # what it imports does not count
    tracemalloc.start()
    with pytest.raises(ModelFormatError, match=r"README\.md: 80 bytes, .* declares 209715200"):
        load(folder)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_extreme_weights_give_probabilities(folder: Path) -> None:
    for extreme in (-(2**15), 2**15 - 1):
        weights = np.full((7, 5), extreme, INT16)
        weights[4:, ::2] = ~weights[4:, ::2]
        manifest = manifest_of(folder)
        manifest["features"] = {"order": 8, "precision": 0}
        weights_npz = pack(weights=plain(weights), runs=RUNS)
        forge(folder, manifest, vocabulary_txt=TERMS, weights_npz=weights_npz)
        found = stance.load(folder).predict_proba([*TEXTS, "we deny " * 1000])
        assert np.abs(found.sum(axis=1) - 1).max() < 1e-6


def test_nothing_of_a_folder_is_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither eval, exec, import nor pickle is called with anything from the folder."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("code of a stranger")

    for module, name in ((ast, "literal_eval"), (builtins, "eval"), (pickle, "loads")):
        monkeypatch.setattr(module, name, refuse)
    monkeypatch.setattr(pickle, "load", refuse)
    stance.load(folder)


class Touch:
    """A file appears where this is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("name", ["weights.npz", "vocabulary.txt", "README.md"])
def test_a_pickle_that_runs_code_does_not(folder: Path, tmp_path: Path, name: str) -> None:
    code = pickle.dumps(Touch(tmp_path / "ran"))
    array = plain(np.array([Touch(tmp_path / "ran")], dtype=object))
    for data in (code, array, pack(weights=array, runs=array), pack(weights=code, runs=code)):
        forge(folder, manifest_of(folder), **{name.replace(".", "_"): data})
        with contextlib.suppress(ModelFormatError):
            stance.load(folder)
    assert not (tmp_path / "ran").exists()
    pickle.loads(code)
    assert (tmp_path / "ran").exists()


def test_a_full_disk_leaves_the_old_model_whole(
    folder: Path, model: StanceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)
    for failing in range(4):
        calls = iter(range(10))

        def write(path: Path, data: bytes, calls: Any = calls, failing: int = failing) -> None:
            path.write_bytes(data[: len(data) // 2])
            if next(calls) == failing:
                raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(folders, "write_file", write)
            with pytest.raises(OSError, match="No space left"):
                save(model, folder, card="# New\n")
        assert contents(folder) == before
        assert [entry.name for entry in folder.parent.iterdir()] == ["model"]


@pytest.mark.parametrize("fault", [OSError(errno.EIO, "I/O error"), KeyboardInterrupt()])
@pytest.mark.parametrize("moment", [0, 1])
def test_a_fault_while_swapping_leaves_the_old_model_whole(
    folder: Path,
    model: StanceModel,
    monkeypatch: pytest.MonkeyPatch,
    fault: BaseException,
    moment: int,
) -> None:
    before = contents(folder)
    rename_really, calls = Path.rename, iter(range(10))

    def rename_path(self: Path, target: Path) -> Path:
        if next(calls) == moment:
            raise fault
        return rename_really(self, target)

    monkeypatch.setattr(Path, "rename", rename_path)
    with pytest.raises(type(fault)):
        save(model, folder)
    assert contents(folder) == before
    assert [entry.name for entry in folder.parent.iterdir()] == ["model"]


def test_files_are_on_disk_before_they_are_in_place(
    folder: Path, model: StanceModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    fsync, rename_really = os.fsync, Path.rename
    monkeypatch.setattr(os, "fsync", lambda d: (events.append("fsync"), fsync(d))[1])
    monkeypatch.setattr(
        Path, "rename", lambda self, to: (events.append("rename"), rename_really(self, to))[1]
    )
    save(model, folder)
    # Three files and their folder; the old one aside, the new one in; the parent.
    assert events == ["fsync"] * 4 + ["rename"] * 2 + ["fsync"]


OTHERS = {
    "a browser extension": {"manifest.json": '{"manifest_version": 3}', "README.md": "x"},
    "a note": {"README.md": "x"},
    "a model and a letter": {"manifest.json": '{"format": 2, "files": {}}', "letter.txt": "x"},
}


@pytest.mark.parametrize("files", OTHERS.values(), ids=OTHERS)
def test_what_is_no_model_is_never_replaced(tmp_path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(FileExistsError, match="not a model folder"):
        save(small_model(), tmp_path)
    assert {name: (tmp_path / name).read_text() for name in files} == files


def test_a_link_is_never_replaced(folder: Path, tmp_path: Path) -> None:
    for target in (folder, tmp_path / "nowhere"):
        link = tmp_path / "link"
        link.unlink(missing_ok=True)
        link.symlink_to(target, target_is_directory=True)
        with pytest.raises(FileExistsError, match="not a model folder"):
            save(small_model(), link)
        assert link.is_symlink()


def test_a_broken_model_may_be_replaced(folder: Path, model: StanceModel) -> None:
    (folder / "weights.npz").unlink()
    save(model, folder)
    stance.load(folder)


def test_what_would_not_load_is_not_saved(
    model: StanceModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MAX_BYTES", 1000)
    with pytest.raises(ModelFormatError, match="a folder may hold 1,000"):
        save(model, tmp_path / "model")
    assert not list(tmp_path.iterdir())


def test_facts_that_are_no_numbers_are_saved_as_null(model: StanceModel, tmp_path: Path) -> None:
    save(replace(model, facts={"score": [float("nan"), 1.0]}), tmp_path / "model")
    assert stance.load(tmp_path / "model").facts == {"score": [None, 1.0]}


@pytest.mark.usefixtures("folder")
def test_a_broken_zip_is_an_error(tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "model"))
    data = archive.read_bytes()
    for at in range(0, data.index(b"PK\1\2"), 7):
        archive.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        with zipfile.ZipFile(archive) as packed:
            try:
                read(zipfile.Path(packed, "model/"))
            except ModelFormatError:
                continue


def test_a_manifest_says_the_same_in_any_spacing(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()), indent=7, sort_keys=True))
    stance.load(folder)
