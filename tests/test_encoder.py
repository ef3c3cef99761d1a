"""The encoder's whole path, on an encoder of two tiny layers that the tests make."""

from __future__ import annotations

import csv
import json
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

import stance
from stance.cli import main
from stance.encoders.finetuning import encoder_learner
from stance.encoders.model import EncoderModel
from stance.errors import MissingExtraError, ModelFormatError

from .conftest import LABELS, TEXTS

# So that copies of a statement are no near-duplicates, which training would drop.
FILLERS = [
    "red red blue",
    "green gold",
    "one two",
    "five six",
    "north south",
    "salt tea",
    "up down",
]
WORDS = sorted({word.strip(".,'").lower() for text in [*TEXTS, *FILLERS] for word in text.split()})


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match=r"stance\[teacher\]"):
        encoder_learner("any")


def test_without_onnxruntime_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtraError, match=r"stance\[encoder\]"):
        EncoderModel(tuple(stance.LABELS), b"", b"", 8, 1.0, {})


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "statements.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "primary", "group", "natural"])
        for copy, filler in enumerate(FILLERS):
            for i, (text, label) in enumerate(zip(TEXTS, LABELS, strict=True)):
                writer.writerow([f"{copy}-{i}", f"{filler} {text}", label, f"{copy}", "true"])
    return path


@pytest.fixture(scope="module")
def held_out(data: Path) -> Path:
    path = data.parent / "held_out.csv"
    rows = ["We deny it.,denial", "They lied.,accusation", "We will strike.,threat"]
    rows += ["We do not know.,hedge", "Thank you for the meeting.,other"]
    path.write_text("\n".join(["text,primary", *rows]))
    return path


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder that has learned nothing, as a folder."""
    for name in ("torch", "onnx", "onnxruntime"):
        pytest.importorskip(name, reason="needs stance[teacher]")
    transformers = pytest.importorskip("transformers", reason="needs stance[teacher]")
    folder = tmp_path_factory.mktemp("tiny")
    terms = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "'", ",", ".", *WORDS]
    (folder / "vocab.txt").write_text("\n".join(terms))
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(terms),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    transformers.BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(
    tiny: Path, data: Path, held_out: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A model folder that the command line has made."""
    out = tmp_path_factory.mktemp("models") / "encoder"
    call = ["train", str(data), "--out", str(out), "--encoder", str(tiny), "--epochs", "60"]
    call += ["--rate", "0.003", "--checkpoint", str(out.parent / "checkpoint")]
    assert main([*call, "--held-out", str(held_out)]) == 0
    return out


@pytest.fixture(scope="module")
def encoder(folder: Path) -> EncoderModel:
    model = stance.load(folder)
    assert isinstance(model, EncoderModel)
    return model


def test_it_learns(encoder: EncoderModel) -> None:
    assert encoder.predict(TEXTS).tolist() == LABELS


def test_a_batch_is_its_statements_alone(encoder: EncoderModel) -> None:
    together = encoder.predict_proba(TEXTS)
    alone = np.vstack([encoder.predict_proba([text]) for text in TEXTS])
    assert np.array_equal(together, alone)


def test_no_statements_give_no_rows(encoder: EncoderModel) -> None:
    assert encoder.predict_proba([]).shape == (0, 5)


def test_an_explanation_adds_up(encoder: EncoderModel) -> None:
    explanation = encoder.label("We deny every word of it.").explain()
    parts = sum(c.weight for c in explanation.contributions)
    assert explanation.intercept + parts == pytest.approx(explanation.score)


@pytest.mark.parametrize("text", ["", "...", "\ud800", "\0", "no known word " * 500])
def test_odd_texts_have_probabilities(encoder: EncoderModel, text: str) -> None:
    row = encoder.predict_proba([text])[0]
    assert row.sum() == pytest.approx(1.0)


def test_a_text_without_words_is_other(encoder: EncoderModel) -> None:
    assert encoder.label("...").probabilities["other"] == pytest.approx(0.99)


def test_it_can_be_pickled(encoder: EncoderModel) -> None:
    again = pickle.loads(pickle.dumps(encoder))
    assert np.array_equal(again.predict_proba(TEXTS), encoder.predict_proba(TEXTS))


def test_a_hundred_statements_do_not_tell_how_often_labels_occur(encoder: EncoderModel) -> None:
    assert encoder.prior == {}


def test_the_card_names_the_scores(folder: Path) -> None:
    assert "macro-F1" in (folder / "README.md").read_text()


def test_a_checkpoint_is_an_encoder_to_go_on_with(folder: Path) -> None:
    from stance.encoders.encoder import Encoder

    encoder = Encoder(folder.parent / "checkpoint")
    best = encoder.predict_proba(TEXTS).argmax(axis=1)
    assert [stance.LABELS[i] for i in best] == LABELS


def test_a_checkpoint_with_another_head_is_an_error(folder: Path, tmp_path: Path) -> None:
    import shutil

    from stance.encoders.encoder import Encoder

    shutil.copytree(folder.parent / "checkpoint", tmp_path / "c")
    np.savez(tmp_path / "c" / "head.npz", weight=np.zeros((2, 2)))
    with pytest.raises(ModelFormatError, match=r"head.npz: no weight of shape \(9, 32\)"):
        Encoder(tmp_path / "c")


def test_rounded_weights_hardly_change_a_score(folder: Path, encoder: EncoderModel) -> None:
    from stance.encoders.encoder import Encoder

    whole = np.log(Encoder(folder.parent / "checkpoint").predict_proba(TEXTS))
    rounded = encoder.decision_function(TEXTS) * encoder.temperature
    differences = (rounded - rounded[:, :1]) - (whole - whole[:, :1])
    assert np.abs(differences).max() < 0.1


def test_weights_have_eight_bits(encoder: EncoderModel) -> None:
    import onnx

    tensors = onnx.load_from_string(encoder.graph).graph.initializer
    floats = [
        t for t in tensors if t.data_type == onnx.TensorProto.FLOAT and np.prod(t.dims) >= 1024
    ]
    assert not floats


def test_an_altered_graph_is_an_error(folder: Path, tmp_path: Path) -> None:
    import shutil

    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    graph = bytearray((broken / "model.onnx").read_bytes())
    graph[len(graph) // 2] ^= 1
    (broken / "model.onnx").write_bytes(graph)
    with pytest.raises(ModelFormatError, match=r"model\.onnx: its SHA-256"):
        stance.load(broken)


def test_a_graph_that_is_none_is_an_error(encoder: EncoderModel) -> None:
    with pytest.raises(ModelFormatError, match=r"model\.onnx"):
        EncoderModel(encoder.labels, b"no graph", encoder.tokeniser, 8, 1.0, {})


def test_a_tokeniser_that_is_none_is_an_error(encoder: EncoderModel) -> None:
    with pytest.raises(ModelFormatError, match=r"tokenizer\.json"):
        EncoderModel(encoder.labels, encoder.graph, b"{}", 8, 1.0, {})


def test_a_graph_cannot_read_other_files(encoder: EncoderModel, tmp_path: Path) -> None:
    import onnx

    graph = onnx.load_from_string(encoder.graph)
    weights = graph.graph.initializer[0]
    (tmp_path / "secret").write_bytes(b"\0" * 100_000)
    weights.ClearField("raw_data")
    weights.data_location = onnx.TensorProto.EXTERNAL
    entry = weights.external_data.add()
    entry.key, entry.value = "location", str(tmp_path / "secret")
    with pytest.raises(ModelFormatError, match=r"model\.onnx"):
        EncoderModel(encoder.labels, graph.SerializeToString(), encoder.tokeniser, 8, 1.0, {})


def test_an_unknown_kind_of_model_is_an_error(folder: Path, tmp_path: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "kind": "oracle"}))
    with pytest.raises(ModelFormatError, match="kind must be one of linear, encoder"):
        stance.load(tmp_path)


def test_it_teaches(folder: Path, data: Path, tmp_path: Path) -> None:
    soft, student = tmp_path / "soft.csv", tmp_path / "student"
    call = ["soft-labels", str(data), "--model", str(folder), "--out", str(soft)]
    assert main([*call, "--limit", "60"]) == 0
    call = ["train", str(soft), "--texts", str(data), "--out", str(student)]
    assert main([*call, "--no-cross-validation"]) == 0
    assert stance.load(student).predict(["We deny every word of it."]).tolist() == ["denial"]


def test_an_encoder_has_a_learning_curve(
    tiny: Path, data: Path, held_out: Path, tmp_path: Path
) -> None:
    out = tmp_path / "curve.csv"
    call = ["learning-curve", str(data), "--held-out", str(held_out), "--out", str(out)]
    assert main([*call, "--encoder", str(tiny), "--share", "1"]) == 0
    assert len(out.read_text().splitlines()) == 2
