"""Fine-tuning of a sentence encoder on labelled statements."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.data.datasets import LabelledStatement
from stance.data.labelled import share_matrix
from stance.encoders.encoder import Encoder, EncoderSettings
from stance.errors import DataError
from stance.stances import LABELS, STANCES

Report = Callable[[str], None]

_WARM_UP, _LOWEST_RATE = 0.06, 0.05  # shares of the steps, and of the highest learning rate
_PRESENCE_WEIGHT: Final = 0.5  # of the loss that asks for every stance present, beside the label
_AVERAGE_EVERY: Final = 4  # steps
_REPORT_EVERY: Final = 60.0  # seconds


def fine_tune(
    encoder: Encoder,
    statements: Sequence[LabelledStatement],
    *,
    report: Report = lambda _: None,
) -> None:
    """Fine-tune on labelled statements.

    The loss is the cross-entropy to the shares of a statement's labels plus the binary one to
    its stances; rare labels weigh more by the root of their rarity. The learning rate rises, then
    falls in a line (Devlin et al., 2019, section A.2).

    Parameters
    ----------
    encoder : Encoder
        What to fine-tune, by its settings; it is changed.
    statements : sequence of LabelledStatement
        The data.
    report : callable, optional
        Takes a line of progress about once a minute.

    Raises
    ------
    DataError
        If there are no statements.
    """
    if not statements:
        raise DataError("there are no statements to fine-tune on")
    torch, settings = encoder.torch, encoder.settings
    shares, present = _targets(statements)
    rarity = shares.sum() / len(LABELS) / np.maximum(shares.sum(axis=0), 1.0)
    weights = shares @ np.sqrt(rarity)
    tokens = encoder.tokenise([s.text for s in statements])
    own = np.array(["source" not in s.slices for s in statements])
    batches = list(_batches(tokens, own, settings))
    optimiser = torch.optim.AdamW(_rates(encoder), weight_decay=0.01)
    rise, steps = max(1.0, len(batches) * _WARM_UP), len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / rise, max(_LOWEST_RATE, 1 - step / steps))
    )
    parameters = [p for group in optimiser.param_groups for p in group["params"]]
    average = _Average(torch, parameters)
    torch.manual_seed(settings.seed)
    encoder.train(True)
    said = time.monotonic()
    for step, rows in enumerate(batches):
        scores = encoder.scores([tokens[row] for row in rows])
        losses = _losses(torch, scores, shares[rows], present[rows])
        weight = torch.tensor(weights[rows], dtype=losses.dtype)
        loss = (losses * weight).sum() / weight.sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        if step >= steps * settings.average_from and step % _AVERAGE_EVERY == 0:
            average.add()
        if time.monotonic() - said > _REPORT_EVERY:
            said = time.monotonic()
            report(f"step {step + 1:,} of {steps:,}, loss {loss.item():.3f}")
    average.apply()


def encoder_learner(
    encoder: str | os.PathLike[str], settings: EncoderSettings | None = None
) -> Callable[[Sequence[LabelledStatement], Sequence[str]], NDArray[np.float64]]:
    """Make a learner that fine-tunes a sentence encoder, for a learning curve.

    Parameters
    ----------
    encoder : path or str
        A folder with a transformers model and tokeniser, or a name of the hub.
    settings : EncoderSettings, optional
        The defaults if left out.

    Returns
    -------
    callable
        Takes statements to learn from and texts; gives probabilities, ``(n_texts, 5)``.
    """
    Encoder(encoder, settings)  # a missing extra or folder is told before anything else is done

    def learn(seen: Sequence[LabelledStatement], texts: Sequence[str]) -> NDArray[np.float64]:
        tuned = Encoder(encoder, settings)
        fine_tune(tuned, seen)
        return tuned.predict_proba(texts)

    return learn


def _rates(encoder: Encoder) -> list[dict[str, Any]]:
    """Parameters to learn, with a learning rate for each layer."""
    settings = encoder.settings
    layers = list(encoder.body.encoder.layer)
    lowest = layers[: int(len(layers) * settings.frozen)]
    frozen = [encoder.body.embeddings, *lowest] if lowest else []
    for part in frozen:
        part.requires_grad_(False)
    rates = [{"params": list(encoder.head.parameters()), "lr": settings.head_rate}]
    seen = {id(p) for p in encoder.head.parameters()}
    parts = [*reversed(layers), encoder.body.embeddings, encoder.body]
    for depth, part in enumerate(parts):
        some = [p for p in part.parameters() if p.requires_grad and id(p) not in seen]
        seen |= {id(p) for p in some}
        if some:
            rates.append({"params": some, "lr": settings.rate * settings.decay**depth})
    return rates


def _losses(
    torch: Any, scores: Any, shares: NDArray[np.float64], present: NDArray[np.float64]
) -> Any:
    logs = torch.log_softmax(scores[:, : len(LABELS)], dim=-1)
    losses = -(logs * torch.tensor(shares, dtype=logs.dtype)).sum(dim=-1)
    binary = torch.nn.functional.binary_cross_entropy_with_logits(
        scores[:, len(LABELS) :],
        torch.tensor(present, dtype=logs.dtype),
        reduction="none",
    )
    return losses + _PRESENCE_WEIGHT * binary.sum(dim=-1)


class _Average:
    """The running mean of parameters; the last fifty steps that it is told of weigh the most."""

    def __init__(self, torch: Any, parameters: Sequence[Any]) -> None:
        self._torch, self._parameters = torch, parameters
        self._means: list[Any] = []
        self._count = 0

    def add(self) -> None:
        self._count += 1
        with self._torch.no_grad():
            if not self._means:
                self._means = [p.detach().clone() for p in self._parameters]
            for mean, parameter in zip(self._means, self._parameters, strict=True):
                mean.lerp_(parameter, max(1 / self._count, 0.02))

    def apply(self) -> None:
        with self._torch.no_grad():
            for mean, parameter in zip(self._means, self._parameters, strict=False):
                parameter.copy_(mean)


def _targets(
    statements: Sequence[LabelledStatement],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shares of each statement's labels, (n, 5), and which stances are present, (n, 4)."""
    present = np.zeros((len(statements), len(STANCES)))
    for row, statement in enumerate(statements):
        for stance in statement.stances:
            present[row, STANCES.index(stance)] = 1.0
    return share_matrix(statements), present


def _batches(
    tokens: Sequence[Sequence[int]], own: NDArray[np.bool_], settings: EncoderSettings
) -> Iterator[NDArray[np.intp]]:
    """Batches in random order, each of statements of about one length: less padding, less time."""
    rng = np.random.default_rng(settings.seed)
    size = settings.batch
    for epoch in range(settings.epochs):
        early = settings.own_first * own if epoch == 0 else 0.0
        shuffled = np.argsort(rng.random(len(tokens)) - early, kind="stable")
        for first in range(0, len(tokens), size * 16):
            some = shuffled[first : first + size * 16]
            some = some[np.argsort([len(tokens[i]) for i in some], kind="stable")]
            batches = [some[i : i + size] for i in range(0, len(some), size)]
            for position in rng.permutation(len(batches)):
                yield batches[position]
