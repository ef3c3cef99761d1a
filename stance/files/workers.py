"""Work on many items in several processes: in order, and never far ahead of who takes the results."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from stance.errors import OptionError, StanceError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_AHEAD: Final = 2  # items a process that wait for it or for their turn to be taken
_IDLE_S: Final = 600


def count_jobs(jobs: int | None) -> int:
    """Count the processes to work in.

    Parameters
    ----------
    jobs : int or None
        As in joblib: -1 is all cores, -2 all but one; None is all cores, too.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    OptionError
        If it is 0.
    """
    import joblib  # slow to load  # noqa: PLC0415

    if jobs == 0:
        raise OptionError("jobs must be 1 or more, or -1 for all cores, got 0")
    return int(joblib.effective_n_jobs(-1 if jobs is None else jobs))


@contextmanager
def worker_pool(jobs: int) -> Iterator[Any]:
    """Open a pool of processes; of one process, a pool that works in this one.

    joblib's pool is used by itself, since joblib.Parallel gathers results without bound where their
    taker is slow, such as a pipe.

    Parameters
    ----------
    jobs : int
        Processes.

    Yields
    ------
    callable
        ``run(function, items)`` yields the function's result of each item, in order.

    Raises
    ------
    StanceError
        If a process ends before its time.
    """
    if jobs == 1:
        yield map
        return
    from joblib.externals.loky import ProcessPoolExecutor  # slow to load  # noqa: PLC0415

    pool = ProcessPoolExecutor(
        jobs,
        timeout=_IDLE_S,
        initializer=_begin,
        initargs=(os.getpid(),),
        # One thread in each: there are as many processes as cores.
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
    )
    done = False

    def run(function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        waiting: deque[Any] = deque()
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) > jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    try:
        yield run
        done = True
    except BrokenExecutor as error:
        raise StanceError(
            "a worker process ended before its time: killed, or out of memory"
        ) from error
    finally:
        if not done:
            # As after a crash: shutdown(kill_workers=True) stumbles over items that wait.
            for process in list((pool._processes or {}).values()):
                process.terminate()
        pool.shutdown(wait=True)


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the process that reads and writes, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent or os.name != "posix":
        time.sleep(1)
    os._exit(1)
