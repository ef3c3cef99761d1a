from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.encoders.onnx_graph import check_graph
from stance.errors import ModelFormatError

onnx = pytest.importorskip("onnx", reason="needs stance[teacher]")
helper = pytest.importorskip("onnx.helper", reason="needs stance[teacher]")


def tensor(location: str | None = None, **more: str) -> Any:
    one = helper.make_tensor("w", onnx.TensorProto.FLOAT, [1], [1.0])
    if location is not None:
        one.ClearField("float_data")
        one.data_location = onnx.TensorProto.EXTERNAL
        for key, value in {"location": location, **more}.items():
            entry = one.external_data.add()
            entry.key, entry.value = key, value
    return one


def graph(nodes: list[Any], tensors: list[Any]) -> Any:
    x, y = (helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, [1]) for n in ("x", "y"))
    return helper.make_graph(nodes, "g", [x], [y], tensors)


def model(nodes: list[Any] | None = None, tensors: list[Any] | None = None, **more: Any) -> bytes:
    nodes = [helper.make_node("Add", ["x", "w"], ["y"])] if nodes is None else nodes
    made = helper.make_model(graph(nodes, [tensor()] if tensors is None else tensors), **more)
    data = made.SerializeToString()
    assert isinstance(data, bytes)
    return data


def test_a_plain_graph_passes() -> None:
    check_graph(model(), "model.onnx")


PLACES = ["weights.bin", "/etc/passwd", "../../etc/passwd", "", "*/_ORT_MEM_ADDR_/*"]


@pytest.mark.parametrize("location", PLACES)
def test_weights_in_another_file_are_refused(location: str) -> None:
    with pytest.raises(ModelFormatError, match=r"model\.onnx: a tensor lies in another file"):
        check_graph(model(tensors=[tensor(location, offset="0", length="4")]), "model.onnx")


def constant(value: Any) -> Any:
    return helper.make_node("Constant", [], ["w"], value=value)


def sparse() -> Any:
    index = helper.make_tensor("i", onnx.TensorProto.INT64, [1], [0])
    return helper.make_sparse_tensor(tensor("/etc/passwd"), index, [1])


HIDDEN = {
    "a constant": lambda: model([constant(tensor("/etc/passwd"))]),
    "a list of constants": lambda: model(
        [helper.make_node("A", [], ["w"], tensors=[tensor("/etc/passwd")])]
    ),
    "a sparse constant": lambda: model(
        [helper.make_node("Constant", [], ["w"], sparse_value=sparse())]
    ),
    "a graph within": lambda: model(
        [helper.make_node("A", ["x"], ["y"], body=graph([], [tensor("/etc/passwd")]))]
    ),
    "a function": lambda: model(
        functions=[
            helper.make_function(
                "d",
                "f",
                [],
                ["w"],
                [constant(tensor("/etc/passwd"))],
                [helper.make_opsetid("", 17)],
            )
        ]
    ),
}


@pytest.mark.parametrize("make", HIDDEN.values(), ids=HIDDEN)
def test_hidden_weights_in_another_file_are_refused(make: Any) -> None:
    with pytest.raises(ModelFormatError, match="another file"):
        check_graph(make(), "model.onnx")


@pytest.mark.parametrize("operator", ["Loop", "Scan", "If", "SequenceMap"])
def test_operators_that_may_never_end_are_refused(operator: str) -> None:
    with pytest.raises(ModelFormatError, match=f"operator {operator} is refused"):
        check_graph(model([helper.make_node(operator, ["x"], ["y"])]), "model.onnx")


def test_deep_nesting_is_refused() -> None:
    inner = graph([], [])
    for _ in range(20):
        inner = graph([helper.make_node("A", ["x"], ["y"], body=inner)], [])
    with pytest.raises(ModelFormatError, match="nested more than"):
        check_graph(helper.make_model(inner).SerializeToString(), "model.onnx")


GOOD = model(tensors=[tensor("/etc/passwd")])


@given(st.binary(max_size=200) | st.builds(lambda i: GOOD[:i], st.integers(0, len(GOOD) - 1)))
def test_any_bytes_pass_or_are_refused(data: bytes) -> None:
    try:
        check_graph(data, "model.onnx")
    except ModelFormatError:
        return
