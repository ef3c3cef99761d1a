from __future__ import annotations

import io
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from stance.errors import ModelFormatError
from stance.storage.packed import pack_arrays, read_arrays

from .hostile import MAGIC, RUNS, WEIGHTS, header, npy, pack, plain

DTYPES = ["<i1", "<i2", "<i4", "<i8", "<u4", "<f4", "<f8", "<U3"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_is_packed_comes_back(data: st.DataObject) -> None:
    dtype = data.draw(st.sampled_from(DTYPES))
    shape = data.draw(array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5))
    numbers = {"allow_nan": False, "allow_infinity": False} if "f" in dtype else None
    text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3)
    array = data.draw(arrays(dtype, shape, elements=text if "U" in dtype else numbers))
    given_order = np.asfortranarray(array) if data.draw(st.booleans()) else array
    (back,) = read_arrays(pack_arrays({"a": given_order}), "x.npz", required=["a"]).values()
    assert back.dtype == array.dtype
    assert np.array_equal(back, given_order)


def test_numpy_reads_what_is_packed() -> None:
    with np.load(io.BytesIO(pack_arrays({"a": np.arange(6)}))) as file:
        assert file["a"].tolist() == list(range(6))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arrays(st.sampled_from(DTYPES[:5]), array_shapes(max_side=5)), st.booleans())
def test_what_has_been_checked_is_used_where_it_lies(array: np.ndarray, deflated: bool) -> None:
    data = pack_arrays({"first": np.arange(3), "a": array}, deflated=deflated)
    back = read_arrays(data, "x.npz", required=["first", "a"], checked=True)["a"]
    assert np.array_equal(back, array)
    assert back.flags.aligned
    assert not back.flags.writeable
    assert deflated or np.shares_memory(back, np.frombuffer(data, dtype=np.uint8))


def test_what_lies_askew_is_copied() -> None:
    numbers = np.arange(35, dtype=np.int16)
    data = pack(zipfile.ZIP_STORED, weights=plain(numbers))  # its name has an odd length
    back = read_arrays(data, "w.npz", required=["weights"], checked=True)["weights"]
    assert back.tolist() == numbers.tolist()
    assert back.flags.aligned
    assert not back.flags.writeable


ENCRYPTED = bytearray(pack(zipfile.ZIP_STORED, weights=WEIGHTS, runs=RUNS))
for place in (ENCRYPTED.index(b"PK\3\4") + 6, ENCRYPTED.index(b"PK\1\2") + 8):
    ENCRYPTED[place] |= 1
OBJECTS = npy(header("'|O'", "(1,)"), b"\x80\x04cos\nsystem\n(S'true'\ntR.")
HOSTILE_MEMBERS = {
    "objects": OBJECTS,
    "objects in a list of fields": npy(header("[('a', '|O')]")),
    "more than there is": npy(header(shape="(7, 50)"), bytes(70)),
    "less than there is": npy(header(shape="(7, 4)"), bytes(70)),
    "10^12 rows": npy(header(shape="(1000000000000, 5)"), bytes(70)),
    "10^24 rows": npy(header(shape="(1000000000000000000000000, 5)"), bytes(70)),
    "product wraps to 0": npy(header(shape="(4294967296, 4294967296)"), b""),
    "negative": npy(header(shape="(-7, -5)"), bytes(70)),
    "true for a size": npy(header(shape="(True, 35)"), bytes(70)),
    "float for a size": npy(header(shape="(7.0, 5)"), bytes(70)),
    "five dimensions": npy(header(shape="(1, 1, 1, 1, 35)"), bytes(70)),
    "big-endian": npy(header("'>i2'"), bytes(70)),
    "complex": npy(header("'<c8'", "(1,)"), bytes(8)),
    "bytes": npy(header("'|S2'"), bytes(70)),
    "void": npy(header("'|V2'"), bytes(70)),
    "dates": npy(header("'<M8[s]'", "(1,)"), bytes(8)),
    "no such width": npy(header("'<f1'", "(7,)"), bytes(7)),
    "code": npy("__import__('os').system('true')"),
    "nested": npy("(" * 5000),
    "minus signs": npy("{'descr': '<i2', 'fortran_order': " + "-" * 5000 + "1}"),
    "keys in another order": npy("{'shape': (7, 5), 'fortran_order': False, 'descr': '<i2', }"),
    "one key more": npy("{'descr': '<i2', 'fortran_order': False, 'shape': (7, 5), 'x': 1}"),
    "version 9": npy(header(), bytes(70), b"\x93NUMPY\x09\x00"),
    "no magic": npy(header(), bytes(70), b"PICKLE\x01\x00"),
    "header length 0": MAGIC + b"\0\0" + header().encode() + b"\n",
    "header length 65535": MAGIC + b"\xff\xff" + header().encode() + b"\n",
    "empty": b"",
    "magic alone": MAGIC,
    "NaN": plain(np.full(3, np.nan)),
    "infinity": plain(np.full(3, -np.inf, np.float32)),
    "half-precision NaN": plain(np.full(3, np.nan, np.float16)),
    "no character": plain(np.array(["ab"])).replace(b"a\0\0\0", b"a\0\0\xff"),
}


@pytest.mark.parametrize("member", HOSTILE_MEMBERS.values(), ids=HOSTILE_MEMBERS)
def test_a_hostile_array_is_refused(member: bytes) -> None:
    with pytest.raises(ModelFormatError, match=r"w\.npz: weights"):
        read_arrays(pack(weights=member), "w.npz", required=["weights"])
    stored = pack(zipfile.ZIP_STORED, weights=member)
    with pytest.raises(ModelFormatError, match=r"w\.npz: weights"):
        read_arrays(stored, "w.npz", required=["weights"], checked=True)


GOOD = pack(weights=WEIGHTS, runs=RUNS)
END = GOOD.index(b"PK\5\6")
HOSTILE_FILES = {
    "empty": b"",
    "no zip": b"PK",
    "cut": GOOD[:-1],
    "a comment": GOOD[:-2] + b"\1\0!",
    "something behind": GOOD + b"\0",
    "a zip64 locator": GOOD[:END] + b"PK\6\7" + bytes(16) + GOOD[END:],
    "a long directory": GOOD[: END + 12] + b"\xff\xff\xff\x7f" + GOOD[END + 16 :],
    "directory elsewhere": GOOD[: END + 16] + b"\xff\xff\xff\x7f" + GOOD[END + 20 :],
    "no directory": GOOD[END:],
    "bzip2": pack(zipfile.ZIP_BZIP2, weights=WEIGHTS, runs=RUNS),
    "lzma": pack(zipfile.ZIP_LZMA, weights=WEIGHTS, runs=RUNS),
    "encrypted": bytes(ENCRYPTED),
    "one missing": pack(weights=WEIGHTS),
    "one more": pack(weights=WEIGHTS, runs=RUNS, more=RUNS),
    "names outside": pack(**{"../weights": WEIGHTS, "runs": RUNS}),
    "absolute names": pack(**{"/weights": WEIGHTS, "runs": RUNS}),
}


@pytest.mark.parametrize("data", HOSTILE_FILES.values(), ids=HOSTILE_FILES)
def test_a_hostile_archive_is_refused(data: bytes) -> None:
    with pytest.raises(ModelFormatError, match=r"w\.npz"):
        read_arrays(data, "w.npz", required=["weights", "runs"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    data = pack(weights=WEIGHTS, runs=RUNS, rums=RUNS).replace(b"rums", b"runs")
    with pytest.raises(ModelFormatError, match="holds"):
        read_arrays(data, "w.npz", required=["weights", "runs"])


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    bomb = pack(weights=npy(header("'|i1'", "(300000000,)"), bytes(300_000_000)))
    assert len(bomb) < 400_000
    tracemalloc.start()
    with pytest.raises(ModelFormatError, match="inflates to more than"):
        read_arrays(bomb, "w.npz", required=["weights"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_bomb_that_lies_about_its_size_is_cut_short() -> None:
    """The directory declares 64 bytes; 20 million come out of them."""
    bomb = bytearray(pack(weights=npy(header(), bytes(20_000_000))))
    at = bomb.index(b"PK\1\2")
    bomb[at + 24 : at + 28] = (64).to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(ModelFormatError):
        read_arrays(bytes(bomb), "w.npz", required=["weights"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_every_flip_in_an_archive_is_refused_or_harmless() -> None:
    """Without any digest: what is not refused gives the same numbers, or none that is not finite."""
    for at in range(len(GOOD)):
        for bit in range(8):
            flipped = bytearray(GOOD)
            flipped[at] ^= 1 << bit
            try:
                found = read_arrays(bytes(flipped), "w.npz", required=["weights", "runs"])
            except ModelFormatError:
                continue
            assert not found["weights"].any()
            assert found["weights"].size == 35


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ModelFormatError):
        read_arrays(data, "w.npz", required=["weights"])


STORED = pack(zipfile.ZIP_STORED, weights=WEIGHTS, runs=RUNS)


@given(st.sampled_from([GOOD, STORED]), st.binary(max_size=100), st.integers(0, 600), st.booleans())
def test_any_patch_is_an_array_or_refused(
    whole: bytes, patch: bytes, at: int, checked: bool
) -> None:
    data = whole[:at] + patch + whole[at + len(patch) :]
    try:
        read_arrays(data, "w.npz", required=["weights", "runs"], checked=checked)
    except ModelFormatError:
        return


@pytest.mark.parametrize("columns_first", ["False", "True"])
def test_an_empty_array_of_an_endless_shape_is_refused(columns_first: str) -> None:
    shape = "(0, 999999999999, 999999999999)"
    data = pack(a=npy(header("'<i4'", shape, columns_first)))
    with pytest.raises(ModelFormatError, match="too large a shape"):
        read_arrays(data, "x.npz", required=["a"])
