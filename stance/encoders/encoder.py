"""A fine-tuned sentence encoder: the teacher of the small model. Needs torch; never used to predict."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.errors import MissingExtraError, ModelFormatError
from stance.stances import LABELS, STANCES

_HEAD: Final = "head.npz"
_DROPOUT: Final = 0.1
_PREDICT_BATCH: Final = 64


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
        Highest learning rate of the last layer of the encoder, and of the layer on top.
    decay : float
        What the rate of each layer below is multiplied by (Howard & Ruder, 2018, section 3.2).
    frozen : float
        Share of the layers, from the lowest, that stay as they are, as do the word vectors if it is
        any layer: faster, and hardly worse.
    longest : int
        Tokens that a statement is cut to.
    own_first : float
        How far statements without a source (written for the project) come before real ones in the
        first pass: 0 mixes them, 1 puts all of them first.
    average_from : float
        Share of the steps after which weights are averaged (Izmailov et al., 2018).
    bfloat16 : bool or None
        Multiply in bfloat16: twice as fast on processors that have it, five times as slow on others.
        None does so on those that have it.
    seed : int
        Seed of the order, of the dropout and of the layer on top.
    """

    epochs: int = 1
    batch: int = 24
    rate: float = 4e-5
    head_rate: float = 1e-3
    decay: float = 0.9
    frozen: float = 1 / 6
    longest: int = 72
    own_first: float = 0.5
    average_from: float = 0.5
    bfloat16: bool | None = None
    seed: int = 0


class Encoder:
    """A transformer whose mean-pooled token vectors feed one linear layer.

    The layer gives five scores, whose softmax is the probability of each label, and four that tell
    whether each stance is present; the latter only help to learn.

    Parameters
    ----------
    path : path or str
        A folder with a transformers model and tokeniser (as :meth:`save` makes it, or any sentence
        encoder), or a name of the hub.
    settings : EncoderSettings, optional
        The defaults if left out.

    Raises
    ------
    MissingExtraError
        If torch or transformers is not installed.
    """

    def __init__(
        self, path: str | os.PathLike[str], settings: EncoderSettings | None = None
    ) -> None:
        try:
            # Heavy, and an optional extra.
            import torch  # noqa: PLC0415
            from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415
        except ImportError as error:
            raise MissingExtraError(
                "fine-tuning an encoder needs torch and transformers: pip install 'stance[teacher]'"
            ) from error
        settings = EncoderSettings() if settings is None else settings
        if settings.bfloat16 is None:
            settings = replace(settings, bfloat16=_has_bfloat16(torch))
        self.settings = settings
        self.torch = torch
        torch.manual_seed(self.settings.seed)
        self.tokeniser: Any = AutoTokenizer.from_pretrained(os.fspath(path))
        self.body: Any = AutoModel.from_pretrained(os.fspath(path))
        self.head: Any = torch.nn.Linear(self.body.config.hidden_size, len(LABELS) + len(STANCES))
        if getattr(self.body, "pooler", None) is not None:
            self.body.pooler = None
        self.dropout = torch.nn.Dropout(_DROPOUT)
        head = Path(path) / _HEAD
        if head.is_file():
            self._load_head(head)

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Give every label's probability.

        Parameters
        ----------
        texts : sequence of str
            Statements.

        Returns
        -------
        (n_texts, 5) float64 array
            Columns in the order of :data:`stance.stances.LABELS`; rows sum to 1.
        """
        torch = self.torch
        tokens = self.tokenise(texts)
        probabilities = np.zeros((len(texts), len(LABELS)))
        order = np.argsort([len(t) for t in tokens], kind="stable")
        self.train(False)
        with torch.inference_mode():
            for first in range(0, len(order), _PREDICT_BATCH):
                rows = order[first : first + _PREDICT_BATCH]
                scores = self.scores([tokens[row] for row in rows])[:, : len(LABELS)]
                probabilities[rows] = torch.softmax(scores.double(), dim=-1).numpy()
        return probabilities

    def word_vectors(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Give each word the mean of the input vectors of its tokens, (n_words, n_dimensions)."""
        table = self.body.get_input_embeddings().weight.detach().double().numpy()
        pieces = self.tokeniser(list(words), add_special_tokens=False)["input_ids"]
        return np.stack(
            [table[some].mean(axis=0) if some else table.mean(axis=0) for some in pieces]
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write a folder that ``Encoder(path)`` reads.

        Parameters
        ----------
        path : path
            The folder; made if it is not there.
        """
        folder = Path(path)
        self.body.save_pretrained(folder)
        self.tokeniser.save_pretrained(folder)
        arrays = {name: value.detach().numpy() for name, value in self.head.named_parameters()}
        np.savez(folder / _HEAD, **arrays)

    def write_graph(self, path: str | os.PathLike[str], *, opset: int) -> None:
        """Write the encoder as an ONNX graph: token ids and mask in, the five scores out.

        Parameters
        ----------
        path : path
            The file to write.
        opset : int
            Version of the operators.
        """
        torch = self.torch

        class Graph(torch.nn.Module):  # type: ignore[name-defined,misc]
            def __init__(self, body: Any, head: Any) -> None:
                super().__init__()
                self.body, self.head = body, head

            def forward(self, input_ids: Any, attention_mask: Any) -> Any:
                given = {"input_ids": input_ids, "attention_mask": attention_mask}
                vectors = self.body(**given).last_hidden_state
                shown = attention_mask.unsqueeze(-1).to(vectors.dtype)
                return self.head((vectors * shown).sum(1) / shown.sum(1))[:, : len(LABELS)]

        self.train(False)
        ids = torch.tensor([self.tokenise(["We never said that, and they know it."])[0]])
        # The newer exporter needs a further package.
        torch.onnx.export(
            Graph(self.body, self.head),
            (ids, torch.ones_like(ids)),
            os.fspath(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["scores"],
            dynamic_axes={"input_ids": {1: "tokens"}, "attention_mask": {1: "tokens"}},
            opset_version=opset,
            dynamo=False,
        )

    def _load_head(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as arrays, self.torch.no_grad():
            for name, value in self.head.named_parameters():
                if name not in arrays or arrays[name].shape != tuple(value.shape):
                    raise ModelFormatError(f"{path}: no {name} of shape {tuple(value.shape)}")
                value.copy_(self.torch.from_numpy(arrays[name]))

    def train(self, learning: bool) -> None:
        """Switch dropout on or off."""
        self.body.train(learning)
        self.dropout.train(learning)

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Give the token ids of each text, cut to the longest length."""
        cut = {"truncation": True, "max_length": self.settings.longest}
        return list(self.tokeniser(list(texts), **cut)["input_ids"])

    def scores(self, tokens: Sequence[Sequence[int]]) -> Any:
        """Run a batch: an (n, 9) float32 tensor, five scores of labels and four of stances."""
        torch = self.torch
        shape = (len(tokens), max(map(len, tokens)))
        ids = torch.full(shape, self.tokeniser.pad_token_id, dtype=torch.long)
        mask = torch.zeros(shape, dtype=torch.long)
        for row, some in enumerate(tokens):
            ids[row, : len(some)] = torch.tensor(some)
            mask[row, : len(some)] = 1
        with torch.autocast("cpu", torch.bfloat16, enabled=self.settings.bfloat16):
            vectors = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
            shown = mask.unsqueeze(-1).to(vectors.dtype)
            pooled = ((vectors * shown).sum(1) / shown.sum(1)).float()
            return self.head(self.dropout(pooled)).float()


def _has_bfloat16(torch: Any) -> bool:
    """Tell whether the processor multiplies in bfloat16; False where torch cannot say."""
    asked = (
        getattr(torch.cpu, name, None)
        for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    )
    return any(ask is not None and ask() for ask in asked)
