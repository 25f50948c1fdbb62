"""The ONNX graph of universal-sentence-encoder-multilingual v3: one text in, one unit vector out.

Three branches of convolutions over two, three and five word pieces, their sum over the text, and
four dense layers. The weights are those of `linker.encoding.use_conversion`; the table of word
pieces stays as it is packed, six bits a number, and is unpacked for the pieces of a text alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIMENSION = 512
BRANCHES = ((2, 0), (3, 1), (5, 2))
"""Width of each branch's windows, and how many pieces of them lie before the one in hand."""
_OPSET, _IR = 18, 9

Arrays = Mapping[str, NDArray[Any]]


class _Graph:
    """Collects nodes and constants by name."""

    def __init__(self) -> None:
        self.constants: list[Any] = []
        self.nodes: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def sum_of_product(self, value: str, weight: str, bias: str, name: str) -> str:
        product = self.node("MatMul", [value, weight], f"{name}.product")
        return self.node("Add", [product, bias], name)


def model_bytes(weights: Arrays, rows: NDArray[np.uint8], chunks: NDArray[np.intp]) -> bytes:
    """Return the model, serialised.

    Args:
        weights: the package's arrays, by name.
        rows: packed numbers of the kept word pieces, shape (pieces, 512).
        chunks: for each piece which scale its numbers have.
    """
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph()
    for number in range(5):
        graph.constant(f"k{number}", np.array([number], np.int64))
    for name in ("cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3"):
        graph.constant(name, _single(weights[name]))
    embedded = _embedded(graph, weights, rows, chunks)
    count = graph.node("Shape", ["input_ids"], "count")
    _unit(graph, _summed(graph, weights, embedded, count), count)
    made = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "use_multilingual_v3",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["tokens"])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [DIMENSION])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        producer_name="linker",
    )
    made.ir_version = _IR
    onnx.checker.check_model(made)
    return bytes(made.SerializeToString(deterministic=True))


def _embedded(
    graph: _Graph, weights: Arrays, rows: NDArray[np.uint8], chunks: NDArray[np.intp]
) -> str:
    """Unpack the vectors of the pieces: code × scale + lowest."""
    from onnx import TensorProto

    graph.constant("table", rows)
    graph.constant("scale", _single(weights["scale"][chunks])[:, None])
    graph.constant("lowest", _single(weights["lo"][chunks])[:, None])
    codes = graph.node("Gather", ["table", "input_ids"], "packed")
    codes = graph.node("Cast", [codes], "codes", to=TensorProto.FLOAT)
    scale = graph.node("Gather", ["scale", "input_ids"], "scale.taken")
    lowest = graph.node("Gather", ["lowest", "input_ids"], "lowest.taken")
    return graph.node("Add", [graph.node("Mul", [codes, scale], "scaled"), lowest], "embedded")


def _summed(graph: _Graph, weights: Arrays, embedded: str, count: str) -> str:
    """Run the branches side by side; return the sum of all pieces' features."""
    widths = [width for width, _ in BRANCHES]
    for name, key in (("project.w", "proj"), ("project.b", "proj_b")):
        graph.constant(name, np.concatenate([weights[f"{key}{n}"] for n in widths], axis=-1))
    projected = graph.sum_of_product(embedded, "project.w", "project.b", "projected")
    gains, shifts = (np.concatenate([weights[f"{k}{n}"] for n in widths]) for k in ("ln_g", "ln_b"))
    projected = _normalised(graph, projected, gains, shifts, weights, "projected.norm")
    graph.constant("split", np.array([256] * len(BRANCHES), np.int64))
    from onnx import helper

    names = [f"x{width}" for width in widths]
    graph.nodes.append(helper.make_node("Split", [projected, "split"], names, name="split", axis=1))
    features = [embedded]
    for width, before in BRANCHES:
        for key in ("w1", "b1", "w2", "b2"):
            graph.constant(f"{key}.{width}", _single(weights[f"{key}_{width}"]))
        first = _convolved(graph, f"x{width}", count, (width, before), 1)
        hidden = graph.node("Add", [first, f"x{width}"], f"hidden.{width}")
        second = _convolved(graph, hidden, count, (width, before), 2)
        features.append(graph.node("Add", [second, hidden], f"out.{width}"))
    joined = graph.node("Concat", features, "features", axis=1)
    joined = _normalised(graph, joined, weights["ln_g"], weights["ln_b"], weights, "features.norm")
    return graph.node("ReduceSum", [joined, "k0"], "total", keepdims=1)


def _convolved(graph: _Graph, value: str, count: str, window: tuple[int, int], layer: int) -> str:
    """One dense layer over windows of neighbouring pieces, nothing beyond the ends."""
    width, before = window
    name = f"c{layer}.{width}"
    graph.constant(f"{name}.pads", np.array([before, 0, width - 1 - before, 0], np.int64))
    padded = graph.node("Pad", [value, f"{name}.pads"], f"{name}.padded")
    parts = []
    for place in range(width):
        end = graph.node("Add", [count, f"k{place}"], f"{name}.end{place}")
        parts.append(graph.node("Slice", [padded, f"k{place}", end, "k0"], f"{name}.part{place}"))
    windows = graph.node("Concat", parts, f"{name}.windows", axis=1)
    weighed = graph.sum_of_product(windows, f"w{layer}.{width}", f"b{layer}.{width}", name)
    return graph.node("Relu", [weighed], f"{name}.relu")


def _normalised(
    graph: _Graph, value: str, gain: NDArray[Any], shift: NDArray[Any], weights: Arrays, name: str
) -> str:
    graph.constant(f"{name}.gain", _single(gain))
    graph.constant(f"{name}.shift", _single(shift))
    inputs = [value, f"{name}.gain", f"{name}.shift"]
    return graph.node("LayerNormalization", inputs, name, axis=-1, epsilon=float(weights["eps"]))


def _unit(graph: _Graph, total: str, count: str) -> None:
    """Run the dense layers on the sum over the square root of the count; bring to length 1."""
    from onnx import TensorProto

    pieces = graph.node("Cast", [count], "pieces", to=TensorProto.FLOAT)
    bias = graph.node(
        "Mul", [graph.node("Unsqueeze", [pieces, "k0"], "pieces.column"), "cnn_b"], "mean.bias"
    )
    whole = graph.sum_of_product(total, "cnn_W", bias, "whole")
    mean = graph.node("Div", [whole, graph.node("Sqrt", [pieces], "root")], "mean")
    first = graph.node("Relu", [graph.node("MatMul", [mean, "d0"], "y0.m")], "y0")
    past = graph.node("MatMul", [mean, "p1"], "y1.p")
    dense = graph.node("MatMul", [first, "d1"], "y1.d")
    second = graph.node("Relu", [graph.node("Add", [past, dense], "y1.s")], "y1")
    third = graph.node("Relu", [graph.node("MatMul", [second, "d2"], "y2.m")], "y2")
    past = graph.node("MatMul", [second, "p3"], "z.p")
    dense = graph.node("MatMul", [third, "d3"], "z.d")
    last = graph.node("Tanh", [graph.node("Add", [past, dense], "z.s")], "z")
    unit = graph.node("LpNormalization", [last], "unit", axis=-1, p=2)
    graph.constant("flat", np.array([DIMENSION], np.int64))
    graph.node("Reshape", [unit, "flat"], "embedding")


def _single(values: Any) -> NDArray[np.float32]:
    return np.asarray(values, np.float32)
