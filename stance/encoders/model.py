"""EncoderModel: a fine-tuned encoder as an ONNX file, behind the contract of every model."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from stance.encoders.onnx_graph import check_graph
from stance.errors import MissingExtraError, ModelFormatError
from stance.explanation import Contribution, Explanation
from stance.labeller import Labeller, wordless_scores
from stance.softmax import softmax
from stance.text import word_spans, words

_NO_EXTERNAL_DATA: Final = "/nonexistent"


@dataclass(frozen=True, eq=False)
class EncoderModel(Labeller):
    """A transformer encoder that labels statements with onnxruntime: slower and more often right.

    Each statement runs by itself, so that its label never depends on the others in a batch.

    Parameters
    ----------
    labels : tuple of str
        Labels, one a column.
    graph : bytes
        The ONNX model: ``input_ids`` and ``attention_mask`` in, ``scores`` out.
    tokeniser : bytes
        The tokeniser's JSON.
    longest : int
        Tokens that a statement is cut to.
    temperature : float
        What scores are divided by.
    thresholds : mapping of str to float
        Probability from which a stance that is not the label counts as present too.
    facts, prior : mapping, optional
        As in :class:`stance.StanceModel`.

    Raises
    ------
    MissingExtraError
        If onnxruntime or tokenizers is not installed.
    ModelFormatError
        If the graph or the tokeniser is not sound.
    """

    labels: tuple[str, ...]
    graph: bytes = field(repr=False)
    tokeniser: bytes = field(repr=False)
    longest: int
    temperature: float
    thresholds: Mapping[str, float]
    facts: Mapping[str, Any] = field(default_factory=dict)
    prior: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            # Heavy, and an optional extra.
            import onnxruntime  # noqa: PLC0415
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError as error:
            raise MissingExtraError(
                "an encoder model needs onnxruntime and tokenizers: pip install 'stance[encoder]'"
            ) from error
        check_graph(self.graph, "model.onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 4
        # A graph may name files for its weights; those of a stranger must not be opened.
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", _NO_EXTERNAL_DATA
        )
        # Rounded weights become floats once, on loading, rather than in every run.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        try:
            session = onnxruntime.InferenceSession(
                self.graph, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own errors derive from Exception alone
            raise ModelFormatError(f"model.onnx: {error}") from error
        names = {value.name for value in session.get_inputs()}
        if names != {"input_ids", "attention_mask"}:
            raise ModelFormatError(f"model.onnx: its inputs are {sorted(names)}")
        try:
            tokeniser = Tokenizer.from_buffer(self.tokeniser)
        except Exception as error:  # tokenizers' own errors derive from Exception alone
            raise ModelFormatError(f"tokenizer.json: {error}") from error
        tokeniser.no_padding()
        tokeniser.enable_truncation(self.longest)
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_tokeniser", tokeniser)

    def __reduce__(self) -> Any:
        given = (self.labels, self.graph, self.tokeniser, self.longest, self.temperature)
        return EncoderModel, (*given, self.thresholds, self.facts, self.prior)

    def explain(self, text: str, label: str) -> Explanation:
        """Show what each word does to one label's score, by leaving it out.

        Parameters
        ----------
        text : str
            One statement.
        label : str
            One of :attr:`labels`.

        Returns
        -------
        Explanation
            For each word the score with it less the score without it (occlusion; Zeiler & Fergus,
            2014); what words do together, and the score without any, is the intercept.

        Raises
        ------
        ValueError
            If the model has no such label.
        """
        column = self._column(label)
        spans = word_spans(text)
        cuts = [text[:start] + text[end:] for start, end in spans]
        scores = self._scores([text, *cuts])
        own = float(scores[0, column])
        contributions = [
            Contribution(word, own - float(score), (span,))
            for word, span, score in zip(words(text), spans, scores[1:, column], strict=True)
        ]
        rest = own - sum(c.weight for c in contributions)
        contributions.sort(key=lambda c: (-abs(c.weight), c.spans))
        probability = float(softmax(scores[:1])[0, column])
        return Explanation(text, label, probability, own, rest, tuple(contributions))

    def _scores(self, texts: list[str]) -> NDArray[np.float64]:
        # onnxruntime lets go of the interpreter's lock, so threads run side by side.
        with ThreadPoolExecutor() as pool:
            rows = list(pool.map(self._score, texts))
        return np.array(rows, dtype=np.float64).reshape(len(texts), len(self.labels))

    def _score(self, text: str) -> NDArray[np.float64]:
        if not words(text):
            return wordless_scores(self.labels)
        # Lone surrogates cannot be tokenised.
        encoded = self._tokeniser.encode(text.encode("utf-8", "replace").decode())  # type: ignore[attr-defined]
        ids = np.array([encoded.ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (scores,) = self._session.run(["scores"], feed)  # type: ignore[attr-defined]
        if np.shape(scores) != (1, len(self.labels)) or not np.isfinite(scores).all():
            raise ModelFormatError(
                f"model.onnx: its scores must be (1, {len(self.labels)}) finite numbers, "
                f"got {np.shape(scores)}"
            )
        return np.asarray(scores[0], dtype=np.float64) / self.temperature
