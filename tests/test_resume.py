from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import stance
from stance.errors import DataError
from stance.files.chunk_labelling import LabelJob
from stance.files.journal import Progress

from .conftest import ROOT
from .test_labelling import QUOTES, unpacked, write

pytest.importorskip("pyarrow", reason="needs stance[files]")
pytest.importorskip("zstandard", reason="needs stance[files]")

OWNERS: dict[str, Any] = {"LabelJob": LabelJob, "Path": Path, "os": os}
MANY = QUOTES * 2
CHUNKS = 2 * 3  # of two inputs
OUTPUTS = ["o.csv", "o.tsv.gz", "o.jsonl.zst", "o.parquet"]


class StopError(Exception):
    """What the tests stop a run with."""


@pytest.fixture(autouse=True)
def chunks_of_five(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stance.files.table_reading.CHUNK_ROWS", 5)


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    return [write(tmp_path / "a.csv", MANY), write(tmp_path / "b.csv.gz", MANY[::-1])]


def label(inputs: Any, out: Path, **options: Any) -> stance.files.labelling.LabelledFile:
    return stance.label_file(inputs, out, text="quote", **{"jobs": 1, **options})


def stopping_before(call: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, but that its call of this number raises."""
    calls = iter(range(1000))

    def stop(*arguments: Any, **options: Any) -> Any:
        if next(calls) == call:
            raise StopError
        return function(*arguments, **options)

    return stop


def left_behind(out: Path) -> list[str]:
    return sorted(p.name for p in out.parent.iterdir() if p.name.startswith(out.name + "."))


@pytest.mark.parametrize("out", OUTPUTS)
def test_a_run_stopped_at_any_chunk_goes_on_to_the_same_bytes(
    out: str, inputs: list[Path], tmp_path: Path
) -> None:
    label(inputs, tmp_path / f"whole-{out}")
    for chunk in range(1, CHUNKS + 1):  # the first call is without rows
        target = tmp_path / f"{chunk}-{out}"
        with pytest.raises(StopError):
            stop_run("LabelJob.label", chunk, inputs, target)
        assert not target.exists()
        label(inputs, target, resume=True)
        assert target.read_bytes() == (tmp_path / f"whole-{out}").read_bytes()
        assert left_behind(target) == []


def stop_run(name: str, call: int, inputs: Any, out: Path, **options: Any) -> None:
    """Make a run that stops at a call of what is named."""
    owner, _, method = name.rpartition(".")
    holder = OWNERS[owner]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holder, method, stopping_before(call, getattr(holder, method)))
        label(inputs, out, **options)


@pytest.mark.parametrize("out", OUTPUTS)
@pytest.mark.parametrize("step", ["os.fsync", "Path.replace", "Path.unlink"])
def test_a_run_stopped_at_any_step_of_writing_goes_on_to_the_same_bytes(
    step: str, out: str, inputs: list[Path], tmp_path: Path
) -> None:
    whole = tmp_path / f"whole-{out}"
    label(inputs, whole)
    for call in range(100):
        target = tmp_path / f"{call}-{out}"
        try:
            stop_run(step, call, inputs, target)
        except StopError:
            label(inputs, target, resume=True)
        else:
            assert call > (CHUNKS * 2 if step == "os.fsync" else 0)
            break
        assert target.read_bytes() == whole.read_bytes()
        assert left_behind(target) == []


def test_rows_set_aside_are_the_same_after_a_stop(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(b"quote\n" + b"We deny it.\nnot \xff UTF-8\na,b\n" * 6)
    label(source, tmp_path / "whole.csv", bad_rows="skip")
    for chunk in (1, 2, 3):
        target = tmp_path / f"{chunk}.csv"
        with pytest.raises(StopError):
            stop_run("LabelJob.label", chunk, source, target, bad_rows="skip")
        done = label(source, target, bad_rows="skip", resume=True)
        assert (done.rows, done.bad) == (6, 12)
        for suffix in ("", ".bad.jsonl"):
            whole = (tmp_path / f"whole.csv{suffix}").read_bytes()
            assert (tmp_path / f"{chunk}.csv{suffix}").read_bytes() == whole


@pytest.fixture
def stopped(inputs: list[Path], tmp_path: Path) -> Path:
    """An output whose run was stopped after two chunks."""
    with pytest.raises(StopError):
        stop_run("LabelJob.label", 3, inputs, tmp_path / "o.csv")
    return tmp_path / "o.csv"


def test_a_stopped_run_is_not_overwritten(stopped: Path, inputs: list[Path]) -> None:
    with pytest.raises(DataError, match=r"holds 10 rows of a stopped run: go on with --resume"):
        label(inputs, stopped)
    label(inputs, stopped, resume=True)


def test_resuming_without_a_stopped_run_begins_one(inputs: list[Path], tmp_path: Path) -> None:
    assert label(inputs, tmp_path / "o.csv", resume=True).rows == 2 * len(MANY)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"prefix": "s_"}, 'had prefix "", this one has "s_"'),
        ({"prior": "balanced"}, 'had prior "natural", this one has "balanced"'),
        ({"min_confidence": 0.5}, "had min_confidence 0.0, this one has 0.5"),
        ({"safe_csv": True}, "had safe_csv false"),
    ],
)
def test_other_settings_are_refused(
    options: dict[str, Any], message: str, stopped: Path, inputs: list[Path]
) -> None:
    with pytest.raises(DataError, match=message):
        label(inputs, stopped, resume=True, **options)
    assert left_behind(stopped) != []


def test_another_model_is_refused(
    stopped: Path, inputs: list[Path], tmp_path: Path, fitted: Any
) -> None:
    fitted.save(tmp_path / "model")
    with pytest.raises(DataError, match="the stopped run had model"):
        label(inputs, stopped, resume=True, model=tmp_path / "model")


def test_changed_inputs_are_refused(stopped: Path, inputs: list[Path]) -> None:
    with inputs[1].open("ab") as file:
        file.write(b" ")
    with pytest.raises(DataError, match=r"changed or not there before: .*b\.csv\.gz"):
        label(inputs, stopped, resume=True)
    with pytest.raises(DataError, match="the stopped run had input formats"):
        label(inputs[:1], stopped, resume=True)


def test_a_lost_partial_file_is_told(stopped: Path, inputs: list[Path]) -> None:
    stopped.with_name("o.csv.partial").write_bytes(b"")
    with pytest.raises(DataError, match=r"o\.csv\.partial: expected at least"):
        label(inputs, stopped, resume=True)


@pytest.mark.parametrize("damage", [lambda d: d[:-20], lambda d: d + b'{"p', lambda d: d + b"\0\n"])
def test_a_torn_journal_is_good_up_to_there(
    damage: Callable[[bytes], bytes], stopped: Path, inputs: list[Path]
) -> None:
    journal = stopped.with_name("o.csv.journal")
    journal.write_bytes(damage(journal.read_bytes()))
    with pytest.raises(StopError):
        stop_run("LabelJob.label", 2, inputs, stopped, resume=True)
    label(inputs, stopped, resume=True)
    label(inputs, stopped.with_name("whole.csv"))
    assert stopped.read_bytes() == stopped.with_name("whole.csv").read_bytes()


def test_a_file_that_is_no_journal_is_not_touched(inputs: list[Path], tmp_path: Path) -> None:
    (tmp_path / "o.csv.journal").write_text("Dear diary")
    with pytest.raises(DataError, match="is no journal of a stopped run"):
        label(inputs, tmp_path / "o.csv")
    assert (tmp_path / "o.csv.journal").read_text() == "Dear diary"


def test_a_run_that_stopped_at_a_fault_may_go_on_past_it(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("quote,n\n" + "No.,1\n" * 7 + "No.\n" + "Yes.,2\n" * 3)
    with pytest.raises(DataError, match=r"a\.csv:9: 1 field"):
        label(source, tmp_path / "o.csv")
    assert label(source, tmp_path / "o.csv", resume=True, bad_rows="skip").bad == 1
    label(source, tmp_path / "whole.csv", bad_rows="skip")
    assert (tmp_path / "o.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_a_run_that_skipped_faults_must_not_go_on_without(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("quote,n\n" + "No.,1\n" * 7 + "No.\n" + "Yes.,2\n" * 30)
    with pytest.raises(DataError, match="1 field"):
        label(source, tmp_path / "o.csv")
    with pytest.raises(StopError):
        stop_run("LabelJob.label", 2, source, tmp_path / "o.csv", resume=True, bad_rows="skip")
    with pytest.raises(DataError, match='had bad_rows "skip"'):
        label(source, tmp_path / "o.csv", resume=True)


def test_two_runs_do_not_write_one_output(inputs: list[Path], tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="needs file locks of POSIX")

    def again(_: Progress) -> None:
        label(inputs, tmp_path / "o.csv", resume=True)

    with pytest.raises(DataError, match="another run is at work"):
        label(inputs, tmp_path / "o.csv", progress=again)


def test_an_interrupt_leaves_what_can_be_resumed(inputs: list[Path], tmp_path: Path) -> None:
    def interrupt(at: Progress) -> None:
        if at.rows >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        label(inputs, tmp_path / "o.csv", jobs=2, progress=interrupt)
    assert not (tmp_path / "o.csv").exists()
    label(inputs, tmp_path / "whole.csv")
    label(inputs, tmp_path / "o.csv", resume=True)
    assert (tmp_path / "o.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs the processes of Linux")
@pytest.mark.parametrize(("name", "jobs"), [("SIGKILL", 1), ("SIGTERM", 2), ("SIGINT", 2)])
def test_a_process_that_is_stopped_leaves_what_can_be_resumed(
    name: str, jobs: int, tmp_path: Path
) -> None:
    source, out = write(tmp_path / "a.csv", QUOTES * 3000), tmp_path / "o.jsonl.gz"
    words = ["label", str(source), "--text", "quote", "--out", str(out), "--jobs", str(jobs)]
    # What a shell starts in the background ignores interrupts, and so would all that it starts.
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from stance.cli import main; sys.exit(main(sys.argv[1:]))"
    process = subprocess.Popen([sys.executable, "-c", code, *words], cwd=ROOT)
    partial = out.with_name(out.name + ".partial")
    while process.poll() is None and not (partial.exists() and partial.stat().st_size > 2000):
        time.sleep(0.01)
    workers = started_by(process.pid)
    assert jobs == 1 or len(workers) >= jobs
    process.send_signal(signal.Signals[name])
    # Ctrl-C is an end that the command knows; the others are not caught.
    assert process.wait() == (1 if name == "SIGINT" else -signal.Signals[name])
    assert not out.exists()
    while any(Path(f"/proc/{worker}/exe").exists() for worker in workers):
        time.sleep(0.01)  # they look for their parent each second
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stance.files.table_reading.CHUNK_ROWS", 2048)  # as in the process
        label(source, out, resume=True)
        label(source, tmp_path / "whole.jsonl.gz")
    assert out.read_bytes() == (tmp_path / "whole.jsonl.gz").read_bytes()
    assert len(unpacked(out).splitlines()) == 21_000


def started_by(parent: int) -> list[str]:
    """Processes that a process has started and that are there."""
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
