"""Weights of an ONNX graph, rounded to eight bits."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_SMALLEST: Final = 1024  # values; what is smaller stays as it is
_MOST: Final = 127
# Node and place among its inputs -> axis along which each slice has its own scale.
_CHANNEL_OF: Final = {("MatMul", 1): 1, ("Gather", 0): 0}


def round_weights(graph: bytes) -> bytes:
    """Round the matrices of a graph to integers of eight bits, with a scale for each channel.

    Only the weights are rounded: activations stay float32, and the graph turns the integers back
    into floats, which onnxruntime does once, on loading. The file is a quarter of the size and
    scores are nearly the same; rounding activations as well (dynamic quantisation) cost an encoder
    of 110 million parameters 0.02 of macro-F1.

    Parameters
    ----------
    graph : bytes
        An ONNX model, its weights inside.

    Returns
    -------
    bytes
        The same model with ``DequantizeLinear`` before the nodes that use a rounded matrix.
    """
    # Heavy, and an optional extra.
    import onnx  # noqa: PLC0415
    from onnx import helper, numpy_helper  # noqa: PLC0415

    model = onnx.load_from_string(graph)
    channels = _channels(model.graph)
    nodes, tensors = [], []
    for tensor in model.graph.initializer:
        large = tensor.data_type == tensor.FLOAT and np.prod(tensor.dims) >= _SMALLEST
        if tensor.name not in channels or not large:
            tensors.append(tensor)
            continue
        axis = channels[tensor.name]
        whole, scale = _rounded(numpy_helper.to_array(tensor), axis)
        given = [f"{tensor.name}_rounded", f"{tensor.name}_scale"]
        tensors += [
            numpy_helper.from_array(a, n) for a, n in zip((whole, scale), given, strict=True)
        ]
        nodes.append(helper.make_node("DequantizeLinear", given, [tensor.name], axis=axis))
    nodes += model.graph.node
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(tensors)
    model.graph.node.extend(nodes)
    rounded: bytes = model.SerializeToString()
    return rounded


def _channels(graph: Any) -> dict[str, int]:
    """Give the matrices that nodes use in one such way only, with the axis of their scales."""
    uses: dict[str, set[int | None]] = {
        t.name: set() for t in graph.initializer if len(t.dims) == 2
    }
    for node in graph.node:
        for place, name in enumerate(node.input):
            if name in uses:
                uses[name].add(_CHANNEL_OF.get((node.op_type, place)))
    only = {name: next(iter(axes)) for name, axes in uses.items() if len(axes) == 1}
    return {name: axis for name, axis in only.items() if axis is not None}


def _rounded(
    matrix: NDArray[np.float32], axis: int
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each slice along an axis by its own scale."""
    highest = np.abs(matrix).max(axis=1 - axis)
    scale = np.where(highest > 0, highest / _MOST, 1.0).astype(np.float32)
    steps = matrix / np.expand_dims(scale, 1 - axis)
    return np.rint(steps).clip(-_MOST, _MOST).astype(np.int8), scale
