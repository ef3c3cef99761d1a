from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import stance
from stance.errors import DataError, MissingExtraError, MissingStatementError, OptionError
from stance.files.journal import Progress
from stance.result_columns import result_names

pa = pytest.importorskip("pyarrow", reason="needs stance[files]")
pq = pytest.importorskip("pyarrow.parquet", reason="needs stance[files]")
zstandard = pytest.importorskip("zstandard", reason="needs stance[files]")

QUOTES = [
    "They lied to us.",
    "We never said that.",
    'He said "maybe", then\nhe left.',
    "¿Quién? No, sir — no 🙂",
    "A, B\tand C.\r",
    "Thank you all.",
    "=1+1, they said",
]
TABLES = [
    "a.csv",
    "a.tsv",
    "a.jsonl",
    "a.parquet",
    "a.csv.gz",
    "a.tsv.zst",
    "a.jsonl.gz",
    "a.jsonl.zst",
]
NEW = result_names(stance.LABELS)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stance.files.table_reading.CHUNK_ROWS", 3)


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()
    return data


def write(path: Path, quotes: list[str] = QUOTES) -> Path:
    rows = [{"id": str(i), "quote": quote} for i, quote in enumerate(quotes)]
    name = path.name
    if ".parquet" in name:
        pd.DataFrame(rows).to_parquet(path)
        return path
    text = io.StringIO()
    if ".jsonl" in name:
        text.writelines(json.dumps(row) + "\n" for row in rows)
    else:
        writer = csv.writer(text, delimiter="\t" if ".tsv" in name else ",", quoting=csv.QUOTE_ALL)
        writer.writerows([["id", "quote"], *(row.values() for row in rows)])
    data = text.getvalue().encode()
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        data = zstandard.ZstdCompressor().compress(data)
    path.write_bytes(data)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_dict("records")  # type: ignore[return-value]
    text = unpacked(path).decode()
    if ".jsonl" in path.name:
        return [json.loads(line) for line in text.splitlines()]
    delimiter = "\t" if ".tsv" in path.name else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@pytest.mark.parametrize("out", TABLES)
@pytest.mark.parametrize("given", TABLES)
def test_every_format_goes_into_every_other(given: str, out: str, tmp_path: Path) -> None:
    source, target = write(tmp_path / f"in-{given}"), tmp_path / f"out-{out}"
    done = stance.label_file(source, target, text="quote", jobs=1)
    rows = read(target)
    assert done.rows == len(rows) == len(QUOTES)
    assert list(rows[0]) == ["id", "quote", *NEW]
    assert [row["quote"] for row in rows] == QUOTES
    predictions = stance.predict(QUOTES)
    assert [row["stance"] for row in rows] == [p.label for p in predictions]
    assert [float(row["confidence"]) for row in rows] == [p.confidence for p in predictions]
    assert [row["stances"] for row in rows] == ["|".join(p.stances) for p in predictions]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([source.name, target.name])


def test_lines_of_text_need_no_column(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffThey lied.\r\n\nWe — never.".encode())
    stance.label_file(tmp_path / "a.txt", tmp_path / "a.jsonl", jobs=1)
    assert [row["text"] for row in read(tmp_path / "a.jsonl")] == ["They lied.", "", "We — never."]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("\ufeffquote\nThey lied.\n".encode())
    stance.label_file(tmp_path / "a.csv", tmp_path / "b.csv", text="quote", jobs=1)
    assert next(iter(read(tmp_path / "b.csv")[0])) == "quote"


def test_json_keeps_how_numbers_look(tmp_path: Path) -> None:
    row = '{"n": 1.10, "big": 123456789012345678901, "quote": "No.", "x": {"y": [1e3]}, "": null }'
    (tmp_path / "a.jsonl").write_text(row + "\r\n\n")
    stance.label_file(tmp_path / "a.jsonl", tmp_path / "b.jsonl", text="quote", jobs=1)
    assert (tmp_path / "b.jsonl").read_text().startswith(row[:-2] + ', "stance": ')


def test_parquet_keeps_types_and_index(tmp_path: Path) -> None:
    df = pd.DataFrame(
        {"quote": QUOTES[:4], "n": [1, 2, 3, 4], "day": pd.to_datetime(["2020-01-01"] * 4)},
        index=pd.Index(["a", "b", "c", "d"], name="key"),
    )
    df.to_parquet(tmp_path / "a.parquet", row_group_size=2)
    stance.label_file(tmp_path / "a.parquet", tmp_path / "b.parquet", text="quote", jobs=1)
    labelled = pd.read_parquet(tmp_path / "b.parquet")
    pd.testing.assert_frame_equal(labelled[["quote", "n", "day"]], df)
    assert labelled["p_threat"].dtype == "float64"


@pytest.mark.parametrize("ordered", [False, True])
def test_a_long_dictionary_does_not_go_with_every_chunk(ordered: bool, tmp_path: Path) -> None:
    """Of a million distinct quotes, each chunk carried all along: the output was 62 times the input."""
    from stance.files.parquet_tables import ParquetTable  # needs pyarrow

    quotes = [None, *(f"We deny point {i} of the long list of charges." for i in range(400))]
    column = pa.array(quotes).dictionary_encode()
    quote = pa.DictionaryArray.from_arrays(column.indices, column.dictionary, ordered=ordered)
    pq.write_table(pa.table({"quote": quote}), tmp_path / "a.parquet")
    streams = [chunk.rows for chunk in ParquetTable(str(tmp_path / "a.parquet")).chunks()]
    batches = [pa.ipc.open_stream(stream).read_next_batch() for stream in streams]
    assert [value for batch in batches for value in batch["quote"].to_pylist()] == quotes
    assert {batch.schema.field("quote").type for batch in batches} == {quote.type}
    assert sum(len(batch["quote"].dictionary) for batch in batches) == len(quotes) - 1


def test_categories_stay_also_those_that_no_row_has(tmp_path: Path) -> None:
    kinds = pd.CategoricalDtype(["low", "high", "never"], ordered=True)
    df = pd.DataFrame(
        {"quote": QUOTES[:4], "kind": pd.Categorical.from_codes([1, 0, -1, 1], dtype=kinds)}
    )
    df.to_parquet(tmp_path / "a.parquet")
    stance.label_file(tmp_path / "a.parquet", tmp_path / "b.parquet", text="quote", jobs=1)
    pd.testing.assert_series_equal(pd.read_parquet(tmp_path / "b.parquet")["kind"], df["kind"])


def test_a_table_with_another_delimiter_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id;quote\n1;No.\n")
    with pytest.raises(DataError, match=r"id;quote \(apart by ';'; csv is apart by ','\)"):
        stance.label_file(tmp_path / "a.csv", tmp_path / "b.csv", text="quote", jobs=1)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("quote\nNo.\n")
    with pytest.raises(FileNotFoundError, match=r"nowhere'$"):
        stance.label_file(tmp_path / "a.csv", tmp_path / "nowhere" / "b.csv", text="quote", jobs=1)


def test_a_cell_too_long_for_csv_names_formats_that_take_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"quote\n{'no ' * 50_000}\n")
    with pytest.raises(DataError, match=r"a\.csv:2: a cell is longer than 131,072 .* Parquet"):
        stance.label_file(tmp_path / "a.csv", tmp_path / "b.csv", text="quote", jobs=1)


def test_json_columns_get_a_type_that_holds_all_values(tmp_path: Path) -> None:
    values = [1, None, 2, 2.5, 3, None, None]
    mixed = [1, 2, 3, "x", True, None, [1]]
    rows = [
        {"quote": q, "n": n, "m": m, "none": None}
        for q, n, m in zip(QUOTES, values, mixed, strict=True)
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    stance.label_file(tmp_path / "a.jsonl", tmp_path / "b.parquet", text="quote", jobs=1)
    df = pd.read_parquet(tmp_path / "b.parquet")
    assert df["n"].dtype == "float64"
    assert df["n"].dropna().tolist() == [1, 2, 2.5, 3]
    assert df["m"].tolist()[:5] == ["1", "2", "3", "x", "true"]
    assert df["m"].tolist()[6] == "[1]"


def test_several_inputs_go_into_one_output_in_order(tmp_path: Path) -> None:
    inputs = [write(tmp_path / "b.csv", QUOTES[:4]), write(tmp_path / "a.csv.gz", QUOTES[4:])]
    stance.label_file(inputs, tmp_path / "out.csv", text="quote", jobs=1)
    assert [row["quote"] for row in read(tmp_path / "out.csv")] == QUOTES


def test_an_input_with_other_columns_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("quote,id\nNo.,1\n")
    with pytest.raises(
        DataError, match=r"b\.csv: its columns are not those of .*a\.csv: quote, id"
    ):
        stance.label_file(
            [write(tmp_path / "a.csv"), tmp_path / "b.csv"], tmp_path / "o.csv", text="quote"
        )


@pytest.mark.parametrize("out", ["o.csv", "o.jsonl", "o.parquet"])
def test_a_table_without_rows_gives_one(out: str, tmp_path: Path) -> None:
    stance.label_file(write(tmp_path / "a.csv", []), tmp_path / out, text="quote", jobs=1)
    if out != "o.jsonl":
        columns = (pd.read_csv if out == "o.csv" else pd.read_parquet)(tmp_path / out).columns
        assert list(columns) == ["id", "quote", *NEW]
    else:
        assert (tmp_path / out).read_bytes() == b""


@pytest.mark.parametrize("out", ["o.csv", "o.jsonl.gz", "o.parquet", "o.tsv.zst"])
def test_any_number_of_jobs_gives_the_same_bytes(out: str, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", QUOTES * 5)
    stance.label_file(source, tmp_path / f"1{out}", text="quote", jobs=1)
    stance.label_file(source, tmp_path / f"2{out}", text="quote", jobs=2)
    assert (tmp_path / f"1{out}").read_bytes() == (tmp_path / f"2{out}").read_bytes()


FAULTY = (
    b"id,quote\n"
    b"1,We deny it.\n"
    b"2,not \xff UTF-8\n"
    b'3,"two\nlines"\n'
    b"4,a,b\n"
    b'5,"he said "no" to us"\n'
    b"6\n"
    b"7,\n"
    b"8,They lied.\n"
    b'9,"never closed\n'
    b"10,We left.\n"
)
REASONS = {
    3: "not UTF-8 at byte 6 of the row",
    6: "3 fields, the header has 2",
    7: "',' expected after '\"'",
    8: "1 field, the header has 2",
    9: "the statement is missing",
    11: "a quote is opened and never closed",
}


def test_the_first_bad_row_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(FAULTY)
    with pytest.raises(DataError, match=r"a\.csv:3: not UTF-8 at byte 6"):
        stance.label_file(tmp_path / "a.csv", tmp_path / "b.csv", text="quote", jobs=1)
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_rows_can_be_set_aside(jobs: int, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(FAULTY)
    done = stance.label_file(
        tmp_path / "a.csv", tmp_path / "b.csv", text="quote", bad_rows="skip", jobs=jobs
    )
    assert [row["id"] for row in read(tmp_path / "b.csv")] == ["1", "3", "8", "10"]
    aside = [json.loads(line) for line in (tmp_path / "b.csv.bad.jsonl").read_text().splitlines()]
    assert {row["file"] for row in aside} == {str(tmp_path / "a.csv")}
    assert [row["line"] for row in aside] == list(REASONS)
    assert all(REASONS[row["line"]] in row["reason"] for row in aside)
    lines = FAULTY.splitlines(keepends=True)
    raw = [row["raw"].encode("utf-8", "surrogateescape") for row in aside]
    assert raw == [lines[line - 1] for line in REASONS]
    assert (done.rows, done.bad, done.bad_rows) == (4, 6, str(tmp_path / "b.csv.bad.jsonl"))


def test_bad_rows_of_json_are_named_by_line(tmp_path: Path) -> None:
    lines = [
        '{"quote": "No."}',
        "[1]",
        '{"quote": 5}',
        '{"quote": null}',
        '{"text": "No."}',
        '{"quote": "x", "stance": 1}',
        "{",
        '{"quote": "Yes.", "more": "\\ud800"}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    stance.label_file(
        tmp_path / "a.jsonl", tmp_path / "b.jsonl", text="quote", bad_rows="skip", jobs=1
    )
    assert [row["quote"] for row in read(tmp_path / "b.jsonl")] == ["No.", "Yes."]
    aside = [json.loads(line) for line in (tmp_path / "b.jsonl.bad.jsonl").read_text().splitlines()]
    assert [row["line"] for row in aside] == [2, 3, 4, 5, 6, 7]


def test_bad_rows_of_parquet_are_named_by_row_group_and_row(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    broken = pa.array([b"We deny it.", None, b"not \xff UTF-8", b"They lied.", b"No."])
    text = pa.Array.from_buffers(pa.string(), 5, broken.buffers())
    pq.write_table(pa.table({"quote": text}), tmp_path / "a.parquet", row_group_size=2)
    with pytest.raises(MissingStatementError, match=r"a\.parquet: row group 0, row 1: .*missing"):
        stance.label_file(tmp_path / "a.parquet", tmp_path / "b.csv", text="quote", jobs=1)
    for out in ("b.csv", "b.parquet"):
        done = stance.label_file(
            tmp_path / "a.parquet", tmp_path / out, text="quote", bad_rows="skip", jobs=1
        )
        aside = (tmp_path / f"{out}.bad.jsonl").read_text().splitlines()
        places = [(row["row_group"], row["row"]) for row in map(json.loads, aside)]
        assert (done.rows, places) == (3, [(0, 1), (1, 0)])


@pytest.mark.parametrize(
    ("name", "data"), [("a.csv", "id,quote\n1,\n2,No.\n"), ("a.jsonl", '{"quote": null}\n')]
)
def test_missing_statements_are_a_fault_or_other(name: str, data: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(data)
    with pytest.raises(MissingStatementError, match=r"missing \(None\)"):
        stance.label_file(tmp_path / name, tmp_path / "b.jsonl", text="quote", jobs=1)
    stance.label_file(
        tmp_path / name, tmp_path / "b.jsonl", text="quote", on_missing="other", jobs=1
    )
    assert read(tmp_path / "b.jsonl")[0]["stance"] == "other"


def test_old_bad_rows_do_not_stay_beside_an_output_without(tmp_path: Path) -> None:
    (tmp_path / "b.csv.bad.jsonl").write_text("{}\n")
    stance.label_file(write(tmp_path / "a.csv"), tmp_path / "b.csv", text="quote", jobs=1)
    assert not (tmp_path / "b.csv.bad.jsonl").exists()


def test_cells_that_spreadsheets_run_get_an_apostrophe(tmp_path: Path) -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "x=", "", "'="]
    rows = [["=id", "quote"], *([cell, "No."] for cell in cells)]
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    stance.label_file(tmp_path / "a.csv", tmp_path / "b.csv", text="quote", safe_csv=True, jobs=1)
    guarded = [row["'=id"] for row in read(tmp_path / "b.csv")]
    assert guarded == [*(f"'{cell}" for cell in cells[:6]), *cells[6:]]


def test_new_columns_do_not_hide_old_ones(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("quote,stance,p_other\nNo.,x,y\n")
    with pytest.raises(DataError, match=r"a\.csv: columns stance, p_other are there already"):
        stance.label_file(tmp_path / "a.csv", tmp_path / "b.csv", text="quote", jobs=1)
    stance.label_file(tmp_path / "a.csv", tmp_path / "b.csv", text="quote", prefix="s_", jobs=1)
    assert list(read(tmp_path / "b.csv")[0])[:4] == ["quote", "stance", "p_other", "s_stance"]


def test_prior_and_confidence_are_those_of_predict(tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv")
    stance.label_file(
        source, tmp_path / "b.jsonl", text="quote", prior="balanced", min_confidence=0.9, jobs=1
    )
    rows = read(tmp_path / "b.jsonl")
    predictions = stance.predict(QUOTES, prior="balanced", min_confidence=0.9)
    assert [row["stance"] for row in rows] == [p.label for p in predictions]
    assert None in [row["stance"] for row in rows]


def test_a_model_folder_can_be_given(tmp_path: Path, fitted: Any) -> None:
    fitted.save(tmp_path / "model")
    source = write(tmp_path / "a.csv")
    stance.label_file(source, tmp_path / "b.jsonl", text="quote", model=tmp_path / "model", jobs=2)
    predictions = fitted.model_.label(QUOTES)
    assert [r["confidence"] for r in read(tmp_path / "b.jsonl")] == [
        p.confidence for p in predictions
    ]


def test_progress_is_told_after_each_chunk(tmp_path: Path) -> None:
    seen: list[Progress] = []
    source = write(tmp_path / "a.csv")
    stance.label_file(source, tmp_path / "b.csv", text="quote", jobs=1, progress=seen.append)
    assert [at.rows for at in seen] == [0, 3, 6, 7]
    assert seen[-1].share == 1.0


@pytest.mark.parametrize(
    ("given", "out", "options", "error", "message"),
    [
        ("a.csv", "b.csv", {}, OptionError, "name the column of statements"),
        ("a.csv", "b.csv", {"text": "x"}, DataError, r"a\.csv: no column named 'x'; it has: id"),
        ("a.csv", "b.xls", {"text": "quote"}, OptionError, r"b\.xls: expected csv, tsv"),
        ("a.csv", "b.txt", {"text": "quote"}, OptionError, "lines of text have no columns"),
        ("a.csv", "b.parquet.gz", {"text": "quote"}, OptionError, "packs its own columns"),
        ("a.csv", "in-a.csv", {"text": "quote"}, OptionError, "is an input, too"),
        ("a.csv", "b.jsonl", {"text": "quote", "safe_csv": True}, OptionError, "safe_csv"),
        ("a.csv", "b.csv", {"text": "quote", "jobs": 0}, OptionError, "jobs must be"),
        ("a.csv", "b.csv", {"text": "quote", "prior": "odd"}, OptionError, "prior must be"),
        ("a.csv", "b.csv", {"text": "quote", "bad_rows": "drop"}, OptionError, "bad_rows must"),
        ("a.csv", "-", {"text": "quote", "bad_rows": "skip"}, OptionError, "needs a file"),
        ("a.csv", "-", {"text": "quote", "resume": True}, OptionError, "cannot be resumed"),
        ("a.parquet", "b.csv", {"text": "n"}, DataError, "no column named 'n'"),
    ],
)
def test_wrong_calls_say_what_is_wrong(
    given: str,
    out: str,
    options: dict[str, Any],
    error: type[Exception],
    message: str,
    *,
    tmp_path: Path,
) -> None:
    source = write(tmp_path / f"in-{given}")
    before = source.read_bytes()
    with pytest.raises(error, match=message):
        stance.label_file(source, "-" if out == "-" else tmp_path / out, **options)
    assert [p.name for p in tmp_path.iterdir()] == [source.name]
    assert source.read_bytes() == before


@pytest.mark.parametrize("name", ["a.csv.gz", "a.jsonl.zst"])
def test_packed_files_cut_short_are_a_fault(name: str, tmp_path: Path) -> None:
    source = write(tmp_path / name, QUOTES * 3)
    source.write_bytes(source.read_bytes()[:-6])
    with pytest.raises(DataError, match="cannot be unpacked"):
        stance.label_file(source, tmp_path / "b.csv", text="quote", jobs=1)


def test_what_is_no_parquet_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"no")
    with pytest.raises(DataError, match="no sound Parquet file"):
        stance.label_file(tmp_path / "a.parquet", tmp_path / "b.csv", text="quote", jobs=1)


@pytest.mark.parametrize(("name", "module"), [("a.parquet", "pyarrow"), ("a.csv.zst", "zstandard")])
def test_a_missing_extra_is_named(
    name: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"needs {module}: pip install 'stance\[files\]'"):
        stance.label_file(source, tmp_path / "b.csv", text="quote", jobs=1)
