"""What is measured: stance with each of its engines, and its peers, each as a user would call it."""

from __future__ import annotations

import os
import pickle
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

# ruff: noqa: PLC0415 - each peer is loaded only where it is measured
MODEL = Path(__file__).parent.parent / "models" / "default"


class Peer(Protocol):
    """A labeller that can be trained, saved, loaded and timed."""

    def train(self, texts: list[str], labels: list[str], folder: Path) -> None:
        """Learn and save."""

    def load(self, folder: Path) -> None:
        """Read what was saved."""

    def batch(self, texts: list[str]) -> Any:
        """Label many."""

    def one(self, text: str) -> Any:
        """Label one."""


class Stance:
    """The shipped model; what is trained to time training is one of n-grams alone."""

    def __init__(self, engine: str) -> None:
        os.environ["STANCE_ENGINE"] = engine

    def train(self, texts: list[str], labels: list[str], folder: Path) -> None:
        from stance import StanceClassifier

        StanceClassifier(calibration_folds=0).fit(texts, labels).save(folder)

    def load(self, folder: Path) -> None:  # noqa: ARG002 - the shipped model, whatever was trained
        import stance

        self.model = stance.load()

    def batch(self, texts: list[str]) -> Any:
        return self.model.predict(texts)

    def one(self, text: str) -> Any:
        return self.model.label(text)


class FastText:
    """FastText's own classifier, or floret's, which is made of it, with word pairs."""

    def __init__(self, module: str, **settings: Any) -> None:
        self.module, self.settings = module, settings

    def train(self, texts: list[str], labels: list[str], folder: Path) -> None:
        from importlib import import_module

        data = folder / "train.txt"
        lines = zip(labels, texts, strict=True)
        data.write_text("".join(f"__label__{y} {' '.join(x.split())}\n" for y, x in lines))
        settings = {"wordNgrams": 2, "thread": 1, "verbose": 0, **self.settings}
        model = import_module(self.module).train_supervised(str(data), **settings)
        model.save_model(str(folder / "model.bin"))
        data.unlink()

    def load(self, folder: Path) -> None:
        from importlib import import_module

        self.model = import_module(self.module).load_model(str(folder / "model.bin"))

    def batch(self, texts: list[str]) -> Any:
        return self.model.predict(texts)

    def one(self, text: str) -> Any:
        # The module's own wrapper fails on numpy 2 for a single text; this is what it calls.
        return self.model.f.predict(f"{text}\n", 1, 0.0, "strict")


class VowpalWabbit:
    """One against all, logistic, with word pairs."""

    options = "--quiet --loss_function logistic --ngram 2 -b 20"

    def train(self, texts: list[str], labels: list[str], folder: Path) -> None:
        from vowpalwabbit import Workspace

        names = sorted(set(labels))
        model = Workspace(f"{self.options} --oaa {len(names)}")
        for _ in range(5):
            for text, label in zip(texts, labels, strict=True):
                model.learn(f"{names.index(label) + 1} {self._line(text)}")
        model.save(str(folder / "model.vw"))

    def load(self, folder: Path) -> None:
        from vowpalwabbit import Workspace

        self.model = Workspace(f"--quiet -t -i {folder / 'model.vw'}")

    def batch(self, texts: list[str]) -> Any:
        predict, line = self.model.predict, self._line
        return [predict(line(text)) for text in texts]

    def one(self, text: str) -> Any:
        return self.model.predict(self._line(text))

    @staticmethod
    def _line(text: str) -> str:
        return "| " + text.replace(":", " ").replace("|", " ").replace("\n", " ")


class ScikitLearn:
    """TF-IDF of n-grams of words, and of characters if asked for, and logistic regression."""

    def __init__(self, words: tuple[int, int], characters: tuple[int, int] | None = None) -> None:
        self.words, self.characters = words, characters

    def train(self, texts: list[str], labels: list[str], folder: Path) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline, make_union

        settings = {"min_df": 2, "sublinear_tf": True}
        parts = [TfidfVectorizer(ngram_range=self.words, **settings)]
        if self.characters:
            parts.append(
                TfidfVectorizer(analyzer="char_wb", ngram_range=self.characters, **settings)
            )
        pipeline = make_pipeline(make_union(*parts), LogisticRegression(C=5.0, max_iter=300))
        (folder / "model.pickle").write_bytes(pickle.dumps(pipeline.fit(texts, labels)))

    def load(self, folder: Path) -> None:
        self.model = pickle.loads((folder / "model.pickle").read_bytes())

    def batch(self, texts: list[str]) -> Any:
        return self.model.predict(texts)

    def one(self, text: str) -> Any:
        return self.model.predict([text])


_PEERS: dict[str, tuple[str, Any]] = {
    "stance, numba": ("numba", lambda: Stance("numba")),
    "stance, numpy": ("numpy", lambda: Stance("numpy")),
    "fastText, word pairs": ("fasttext", lambda: FastText("fasttext")),
    "fastText, 16 dimensions": (
        "fasttext",
        lambda: FastText("fasttext", dim=16, bucket=100_000),
    ),
    "floret, word pairs": ("floret", lambda: FastText("floret")),
    "Vowpal Wabbit, word pairs": ("vowpalwabbit", VowpalWabbit),
    "scikit-learn, words and word pairs": ("sklearn", lambda: ScikitLearn((1, 2))),
    "scikit-learn, stance's n-grams": ("sklearn", lambda: ScikitLearn((1, 3), (4, 6))),
}


def installed() -> list[str]:
    """Names of what can be measured here."""
    return [name for name, (module, _) in _PEERS.items() if find_spec(module) is not None]


def peer(name: str) -> Peer:
    """Make one by its name."""
    made: Peer = _PEERS[name][1]()
    return made
