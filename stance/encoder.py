"""A fine-tuned sentence encoder: slow and better than n-grams; for experiments and teaching only."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.datasets import LabelledStatement
from stance.errors import DataError, MissingExtraError
from stance.fitting import Learner, share_labels
from stance.stances import LABELS


@dataclass(frozen=True, kw_only=True)
class EncoderSettings:
    """How an encoder is fine-tuned.

    Attributes
    ----------
    epochs : int
        Passes over the data.
    batch : int
        Statements in a batch.
    rate, head_rate : float
        Highest learning rate of the encoder and of the layer on top.
    longest : int
        Tokens that a statement is cut to.
    seed : int
        Seed of the order, of the dropout and of the layer on top.
    """

    epochs: int = 2
    batch: int = 32
    rate: float = 1.2e-4
    head_rate: float = 2e-3
    longest: int = 96
    seed: int = 0


def encoder_learner(
    encoder: str | os.PathLike[str], settings: EncoderSettings | None = None
) -> Learner:
    """Make a learner that fine-tunes a sentence encoder, such as all-MiniLM-L6-v2.

    Mean-pooled token vectors feed one linear layer; the loss is the cross-entropy to the shares of a
    statement's stances, rare labels weighing more by the root of their rarity. The learning rate rises
    over the first tenth of the steps and falls in a line (Devlin et al., 2019, section A.2).

    Parameters
    ----------
    encoder : path or str
        A folder with a transformers model and tokeniser, or a name of the hub.
    settings : EncoderSettings, optional
        The defaults if left out.

    Returns
    -------
    callable
        Takes statements to learn from and texts; gives probabilities.

    Raises
    ------
    MissingExtraError
        If torch or transformers is not installed.
    """
    try:
        # Heavy, and an optional extra.
        import torch  # noqa: PLC0415
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "fine-tuning an encoder needs torch and transformers: pip install 'stance[teacher]'"
        ) from error
    chosen = EncoderSettings() if settings is None else settings

    def learn(seen: Sequence[LabelledStatement], texts: Sequence[str]) -> NDArray[np.float64]:
        if not seen:
            raise DataError("there are no statements to fine-tune on")
        torch.manual_seed(chosen.seed)
        tokeniser = AutoTokenizer.from_pretrained(encoder)
        body = AutoModel.from_pretrained(encoder)
        head = torch.nn.Linear(body.config.hidden_size, len(LABELS))
        tuned = _Encoder(torch, tokeniser, body, head, chosen)
        tuned.fit([s.text for s in seen], _targets(seen))
        return tuned.predict(texts)

    return learn


def _targets(statements: Sequence[LabelledStatement]) -> NDArray[np.float64]:
    """Shares of each statement's labels, (n_statements, 5)."""
    targets = np.zeros((len(statements), len(LABELS)))
    for row, statement in zip(targets, statements, strict=True):
        for label, share in share_labels(statement).items():
            row[LABELS.index(label)] = share
    return targets


class _Encoder:
    """An encoder with a linear layer on top; torch is handed in, as it is optional."""

    def __init__(
        self, torch: Any, tokeniser: Any, body: Any, head: Any, settings: EncoderSettings
    ) -> None:
        self._torch, self._tokeniser, self._body, self._head = torch, tokeniser, body, head
        self._dropout = torch.nn.Dropout(0.1)
        self._settings = settings

    def fit(self, texts: Sequence[str], targets: NDArray[np.float64]) -> None:
        torch, settings = self._torch, self._settings
        rarity = targets.sum() / len(LABELS) / np.maximum(targets.sum(axis=0), 1.0)
        weights = targets @ np.sqrt(rarity)
        tokens = self._tokenise(texts)
        steps = settings.epochs * -(-len(texts) // settings.batch)
        rates = [
            {"params": self._body.parameters(), "lr": settings.rate},
            {"params": self._head.parameters(), "lr": settings.head_rate},
        ]
        optimiser = torch.optim.AdamW(rates, weight_decay=0.01)
        rise = max(1, steps // 10)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min((step + 1) / rise, max(0.02, 1 - step / steps))
        )
        parameters = [*self._body.parameters(), *self._head.parameters()]
        rng = np.random.default_rng(settings.seed)
        self._body.train()
        self._dropout.train()
        for _ in range(settings.epochs):
            for rows in _batches(tokens, settings.batch, rng):
                scores = self._scores([tokens[row] for row in rows])
                logs = torch.log_softmax(scores, dim=-1)
                losses = -(logs * torch.tensor(targets[rows], dtype=logs.dtype)).sum(dim=-1)
                weight = torch.tensor(weights[rows], dtype=logs.dtype)
                loss = (losses * weight).sum() / weight.sum()
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimiser.step()
                schedule.step()

    def predict(self, texts: Sequence[str]) -> NDArray[np.float64]:
        torch = self._torch
        tokens = self._tokenise(texts)
        probabilities = np.zeros((len(texts), len(LABELS)))
        order = np.argsort([len(t) for t in tokens], kind="stable")
        self._body.eval()
        self._dropout.eval()
        with torch.inference_mode():
            for first in range(0, len(order), 128):
                rows = order[first : first + 128]
                scores = self._scores([tokens[row] for row in rows])
                probabilities[rows] = torch.softmax(scores.double(), dim=-1).numpy()
        return probabilities

    def _tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        cut = {"truncation": True, "max_length": self._settings.longest}
        return list(self._tokeniser(list(texts), **cut)["input_ids"])

    def _scores(self, tokens: Sequence[Sequence[int]]) -> Any:
        torch = self._torch
        shape = (len(tokens), max(map(len, tokens)))
        ids = torch.zeros(shape, dtype=torch.long)
        mask = torch.zeros(shape, dtype=torch.long)
        for row, some in enumerate(tokens):
            ids[row, : len(some)] = torch.tensor(some)
            mask[row, : len(some)] = 1
        vectors = self._body(input_ids=ids, attention_mask=mask).last_hidden_state
        shown = mask.unsqueeze(-1).to(vectors.dtype)
        return self._head(self._dropout((vectors * shown).sum(1) / shown.sum(1)))


def _batches(
    tokens: Sequence[Sequence[int]], size: int, rng: np.random.Generator
) -> Iterator[NDArray[np.intp]]:
    """Batches in random order, each of statements of about one length: less padding, less time."""
    shuffled = rng.permutation(len(tokens))
    batches = []
    for first in range(0, len(tokens), size * 20):
        some = shuffled[first : first + size * 20]
        some = some[np.argsort([len(tokens[i]) for i in some], kind="stable")]
        batches += [some[i : i + size] for i in range(0, len(some), size)]
    for position in rng.permutation(len(batches)):
        yield batches[position]
