"""Learning several times at once, in processes of joblib's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor
from typing import Any, TypeVar

from joblib import Parallel, delayed

from stance.errors import StanceError

_Result = TypeVar("_Result")


def run_all(
    function: Callable[..., _Result], calls: Iterable[tuple[Any, ...]], jobs: int | None
) -> list[_Result]:
    """Call a function with each of several arguments.

    Parameters
    ----------
    function : callable
        What to call.
    calls : iterable of tuple
        Its arguments, call by call.
    jobs : int or None
        Processes, as joblib counts them: -1 is all cores.

    Returns
    -------
    list
        Its results, in order.

    Raises
    ------
    StanceError
        If a process ends before its time; the next call begins with new ones.

    Examples
    --------
    >>> run_all(max, [(1, 2), (4, 3)], jobs=1)
    [2, 4]
    """
    try:
        return list(Parallel(n_jobs=jobs)(delayed(function)(*call) for call in calls))
    except BrokenExecutor as error:
        raise StanceError(
            "a worker process ended before its time: killed, or out of memory"
        ) from error
