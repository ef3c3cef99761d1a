"""Training of soft n-grams: a small convolutional network, whose parts become integer filters."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.errors import MissingExtraError
from stance.features import Paths, Vocabulary
from stance.filters import Filters, quantise
from stance.learning.word_vectors import read_vectors

Report = Callable[[str], None]

_WIDTH: Final = 3  # words in a run
_BATCH: Final = 64
_WORD_DROPOUT, _VECTOR_DROPOUT, _VALUE_DROPOUT = 0.05, 0.1, 0.1


@dataclass(frozen=True, kw_only=True)
class FilterSettings:
    """How filters are trained.

    Attributes
    ----------
    count : int
        Filters.
    dimensions : int
        Length of a word vector.
    epochs : int
        Passes over the data.
    rate, vector_rate : float
        Highest learning rate of the filters and of the word vectors.
    vectors : path, optional
        A file of word vectors to begin with; see :mod:`stance.learning.word_vectors`. Random ones if
        left out, and for words that it lacks.
    seed : int
        Seed of the order, of the dropout and of what begins at random.
    """

    count: int = 96
    dimensions: int = 64
    epochs: int = 6
    rate: float = 2e-3
    vector_rate: float = 5e-4
    vectors: str | os.PathLike[str] | None = None
    seed: int = 0


def train_filters(
    vocabulary: Vocabulary,
    paths: Paths,
    shares: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    settings: FilterSettings | None = None,
    report: Report = lambda _: None,
) -> tuple[Filters, NDArray[np.float64]]:
    """Train filters to give shares of labels by themselves.

    Parameters
    ----------
    vocabulary : Vocabulary
        Its words get a vector each.
    paths : Paths
        The words of the statements.
    shares : (n_statements, n_labels) float64 array
        Share of each label; rows sum to 1.
    weight : (n_statements,) float64 array
        Weight of each statement.
    settings : FilterSettings, optional
        The defaults if left out.
    report : callable, optional
        Takes a line of progress.

    Returns
    -------
    filters : Filters
        With integer weights.
    intercept : (n_labels,) float64 array
        What each label scores beside them.

    Raises
    ------
    MissingExtraError
        If torch is not installed.
    """
    try:
        # Heavy, and an optional extra.
        import torch  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "training filters needs torch: pip install 'stance[teacher]'"
        ) from error
    chosen = FilterSettings() if settings is None else settings
    torch.manual_seed(chosen.seed)
    rows = np.minimum(paths.rows, vocabulary.word_count)
    ends = np.cumsum(paths.lengths)
    tokens = [rows[end - n : end] for end, n in zip(ends, paths.lengths, strict=True)]
    network = _Network(torch, _first_vectors(vocabulary, chosen), chosen, shares.shape[1])
    batches = list(_batches(paths.lengths, chosen))
    optimiser = torch.optim.AdamW(network.rates(), weight_decay=1e-4)
    rise, steps = len(batches) * 0.05, len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / rise, max(0.01, 1 - step / steps))
    )
    targets, weights = torch.tensor(shares).float(), torch.tensor(weight).float()
    threads = torch.get_num_threads()
    # With one thread, sums come in one order: the same filters on any machine of a kind.
    torch.set_num_threads(1)
    for step, some in enumerate(batches):
        logs = torch.log_softmax(network.scores([tokens[i] for i in some]), dim=1)
        losses = -(logs * targets[some]).sum(dim=1)
        loss = (losses * weights[some]).sum() / weights[some].sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if (step + 1) % 2000 == 0:
            report(f"filters: step {step + 1:,} of {steps:,}, loss {loss.item():.3f}")
    torch.set_num_threads(threads)
    return network.filters()


class _Network:
    """Word vectors, a convolution, the best run of each filter, a linear layer; torch is handed in."""

    def __init__(
        self, torch: Any, vectors: NDArray[np.float64], settings: FilterSettings, labels: int
    ) -> None:
        self._torch, self._settings = torch, settings
        # The last row stands for unknown words, the one behind it fills up short statements.
        padded = np.vstack([vectors, np.zeros(vectors.shape[1])])
        self._filling = len(vectors)
        self._vectors = torch.nn.Embedding.from_pretrained(
            torch.tensor(padded).float(), freeze=False, padding_idx=self._filling
        )
        self._convolution = torch.nn.Conv1d(vectors.shape[1], settings.count, _WIDTH)
        self._head = torch.nn.Linear(settings.count, labels)

    def rates(self) -> list[dict[str, Any]]:
        """Parameters to learn, with their learning rates."""
        filters = [*self._convolution.parameters(), *self._head.parameters()]
        return [
            {"params": self._vectors.parameters(), "lr": self._settings.vector_rate},
            {"params": filters, "lr": self._settings.rate},
        ]

    def scores(self, tokens: list[NDArray[np.int64]]) -> Any:
        """Score a batch, with dropout: (n, n_labels)."""
        torch, functional = self._torch, self._torch.nn.functional
        longest = max(map(len, tokens))
        ids = np.full((len(tokens), longest), self._filling)
        for row, some in zip(ids, tokens, strict=True):
            row[: len(some)] = some
        given = torch.tensor(ids)
        dropped = torch.rand(given.shape) < _WORD_DROPOUT
        given = torch.where(dropped & (given != self._filling), self._filling - 1, given)
        vectors = functional.dropout(self._vectors(given), _VECTOR_DROPOUT)
        values = functional.relu(self._convolution(vectors.transpose(1, 2)))
        whole = torch.tensor([len(some) - _WIDTH + 1 for some in tokens])[:, None]
        inside = torch.arange(longest - _WIDTH + 1)[None, :] < whole
        best = (values * inside[:, None, :]).amax(dim=2)
        return self._head(functional.dropout(best, _VALUE_DROPOUT))

    def filters(self) -> tuple[Filters, NDArray[np.float64]]:
        """Make integer filters, and the intercept beside them."""
        arrays = [
            parameter.detach().double().numpy()
            for parameter in (
                self._vectors.weight[: self._filling],
                self._convolution.weight.permute(2, 1, 0),
                self._convolution.bias,
                self._head.weight.T,
            )
        ]
        return quantise(*arrays), self._head.bias.detach().double().numpy()


def _first_vectors(vocabulary: Vocabulary, settings: FilterSettings) -> NDArray[np.float64]:
    """Word vectors to begin with, (n_words + 1, n_dimensions); the last is that of unknown words."""
    size = (vocabulary.word_count + 1, settings.dimensions)
    vectors = np.random.default_rng(settings.seed).normal(0.0, 0.5, size)
    if settings.vectors is not None:
        known = read_vectors(settings.vectors)
        for row, word in enumerate(vocabulary.terms.words):
            if word in known:
                vectors[row] = known[word][: settings.dimensions]
    # What stands for several words begins between them; these themselves are never met.
    own, stands = vocabulary.alike.T
    for stand in np.unique(stands):
        vectors[stand] = vectors[own[stands == stand]].mean(axis=0)
    vectors[own] = 0.0
    return vectors


def _batches(lengths: NDArray[np.int64], settings: FilterSettings) -> Iterator[NDArray[np.intp]]:
    """Batches in random order, each of statements of about one length."""
    rng = np.random.default_rng(settings.seed)
    for _ in range(settings.epochs):
        shuffled = rng.permutation(len(lengths))
        batches = []
        for first in range(0, len(shuffled), _BATCH * 20):
            some = shuffled[first : first + _BATCH * 20]
            some = some[np.argsort(lengths[some], kind="stable")]
            batches += [some[i : i + _BATCH] for i in range(0, len(some), _BATCH)]
        for position in rng.permutation(len(batches)):
            yield batches[position]
