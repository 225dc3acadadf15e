"""Weights of an exported profile, for going on from what is published: `train.py --start models/accurate` needs nothing but the repository.

Input:  `encoder.onnx` and `relations.onnx` as export.py writes them. Output: what `network.pt` would hold.
Limits: weights come back as their seven-bit codes give them, which is how they were trained to be used.
"""
import os

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from network import HEAD_WIDTH


def published(directory, network):
    """The state of `network` (of the same profile and labels) with the published weights."""
    state = State(network.state_dict())
    encoder = Constants(os.path.join(directory, "encoder.onnx"))
    state.put("trunk.positions.weight", encoder["positions"])
    state.put("trunk.shapes.weight", encoder["shapes.table"])
    encoder.norm(state, "norm", "trunk.norm")
    for i in range(network.size.layers):
        ours, theirs = f"trunk.layers.{i}", f"layer{i}"
        encoder.linear(state, f"{theirs}.attention", f"{theirs}.attention", [f"{ours}.{k}" for k in ("query", "key", "value")], [HEAD_WIDTH ** -0.5, 1, 1])
        for k in ("out", "up", "down"):
            encoder.linear(state, f"{theirs}.{k}", f"{theirs}.{k}", [f"{ours}.{k}"])
        for k in ("norm1", "norm2"):
            encoder.norm(state, f"{theirs}.{k}", f"{ours}.{k}")
    answers = ["upos", "xpos", "lemma", "names", "kinds", "ends", "anaphor", "antecedent", "similarity"]
    encoder.linear(state, "answers", "answers", answers)
    encoder.linear(state, "ties", "answers", ["arc_dependent", "arc_head", "dependent", "head"])       # both see the words, evened out once
    state.put("arc", encoder.matrix("arc"))
    state.put("arc_prior", encoder["arc.bias"])
    pairs = Constants(os.path.join(directory, "relations.onnx"))
    state.put("pair", pairs.matrix("pair"))
    pairs.linear(state, "pair_dependent", "pair_dependent", ["pair_dependent"])
    pairs.linear(state, "pair_head", "pair_head", ["pair_head"])
    return state


class State(dict):
    """Weights by name."""

    def put(self, name, array):
        tensor = torch.from_numpy(np.array(array, dtype=np.float32))
        assert tensor.shape == self[name].shape, f"{name}: published as {tuple(tensor.shape)}, wanted as {tuple(self[name].shape)}"
        self[name] = tensor


class Constants:
    """The constants of a graph by name."""

    def __init__(self, path):
        self.arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer}

    def __getitem__(self, name):
        return self.arrays[name]

    def matrix(self, name):
        """[in, out], as codes and scales give it back."""
        return self[f"{name}.int8"].astype(np.float32) * self[f"{name}.scale"]

    def norm(self, state, theirs, ours):
        state.put(f"{ours}.weight", self[f"{theirs}.weight"])
        state.put(f"{ours}.bias", self[f"{theirs}.bias"])

    def linear(self, state, theirs, evened, layers, factors=None):
        """Takes apart a product of several layers side by side. `evened`: the name under which their input was evened out."""
        matrix, bias = self.matrix(theirs), self.arrays.get(f"{theirs}.bias")
        even = self.arrays.get(f"{evened}.smooth", np.ones(len(matrix), dtype=np.float32))
        widths = [len(state[f"{layer}.weight"]) for layer in layers]
        starts = np.cumsum([0, *widths])
        for layer, start, end, factor in zip(layers, starts, starts[1:], factors or [1.0] * len(layers)):
            state.put(f"{layer}.weight", (matrix[:, start:end] * even[:, None] / factor).T)
            state.put(f"{layer}.smooth", 1 / even)
            if bias is not None:
                state.put(f"{layer}.bias", bias[start:end] / factor)
