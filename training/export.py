"""Writes the trained network as ONNX, int8 weights, in plain operators; checks it against torch; writes worked examples.

    python export.py --weights DIR --minilm DIR --profile accurate --out models

Input:  `network.pt`, `labels.json`, `vocab.txt` of train.py. Output: `words.bin`, `vocab.txt`; in the profile's folder `encoder.onnx`,
`relations.onnx`, `labels.json`, `vectors.json`.
Products with weights are of int8, as network.py's `product` has them when rounded; the rest is float32.
Limits: opset 20; the same weights give the same bytes.
"""
import argparse
import json
import os
import shutil

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from corpora import Document, Sentence, Word, read_labels
from decode import annotate
from evaluate import OnnxNetwork
from network import HEAD_WIDTH, SIZES, STATE, WEIGHT_STEPS, Linear, Table
from train import load
from windows import Vocabulary, Window, arrays


class Graph:
    """ONNX nodes and weights in the order they are added; each call returns the name of its output."""

    def __init__(self):
        self.nodes, self.weights, self.shared, self.codes, self.evened = [], [], {}, {}, {}

    def node(self, op, *inputs, name=None, **attributes):
        name = name or f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def constant(self, name, array):
        if name not in self.shared:
            self.shared[name] = name
            self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def numbers(self, name, *values):
        return self.constant(name, np.array(values, dtype=np.int64))

    def product(self, name, x, weight, bias=None, out=None):
        """x · weight [in, out] + bias in int8: activations by their range, weights by one scale a column (network.py's `product`)."""
        codes, scale = rounded(weight)
        if x not in self.codes:
            self.codes[x] = [f"{x}.{part}" for part in ("codes", "scale", "zero")]
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], self.codes[x], name=f"{x}.rounded"))
        activations, step, zero = self.codes[x]
        weights = self.constant(f"{name}.int8", codes), zero, self.constant(f"{name}.zero", np.zeros(len(scale), dtype=np.int8))
        sums = self.node("Cast", self.node("MatMulInteger", activations, *weights), to=TensorProto.FLOAT)
        steps = self.node("Mul", step, self.constant(f"{name}.scale", scale))
        values = self.node("Mul", sums, steps, name=out if bias is None else None)
        return values if bias is None else self.node("Add", values, self.constant(f"{name}.bias", bias), name=out)

    def linear(self, name, x, *layers, factors=None, out=None):
        """One product for several layers side by side; they see the same input, so one evening-out serves all."""
        factors = np.float32(factors or [1.0] * len(layers))
        numbers = lambda parameter: parameter.detach().numpy()
        smooth = layers[0].smooth.numpy()
        assert all(np.allclose(layer.smooth.numpy(), smooth) for layer in layers)
        if not (smooth == 1).all():
            if x not in self.evened:
                self.evened[x] = self.node("Mul", x, self.constant(f"{name}.smooth", 1 / smooth))
            x = self.evened[x]
        weight = np.concatenate([numbers(layer.weight).T * smooth[:, None] * f for layer, f in zip(layers, factors)], axis=1)
        bias = None if layers[0].bias is None else np.concatenate([numbers(layer.bias) * f for layer, f in zip(layers, factors)])
        return self.product(name, x, weight, bias, out)

    def split(self, x, widths, names):
        self.nodes.append(helper.make_node("Split", [x, self.numbers(f"{x}.widths", *widths)], names, name=f"{x}.split", axis=-1))
        return names

    def norm(self, name, x, layer):
        scale, bias = (self.constant(f"{name}.{k}", getattr(layer, k).detach().numpy()) for k in ("weight", "bias"))
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=layer.eps)

    def model(self, inputs, outputs):
        info = lambda shapes: [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in shapes]
        graph = helper.make_graph(self.nodes, "variorum", info(inputs), info(outputs), self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9, producer_name="variorum")
        onnx.checker.check_model(model, full_check=True)
        return model


def rounded(weight):
    """Seven-bit codes and the scales of the columns that give a matrix back, nearly."""
    weight = np.asarray(weight, dtype=np.float32)
    scale = (np.maximum(np.abs(weight).max(axis=0), 1e-12) / WEIGHT_STEPS).astype(np.float32)
    return np.rint(weight / scale).clip(-WEIGHT_STEPS, WEIGHT_STEPS).astype(np.int8), scale


# --- the two graphs ---------------------------------------------------------------------------------------------------------

def encoder(network, labels):
    g, size = Graph(), network.size
    states = trunk(g, network.trunk)
    index = g.node("Expand", g.node("Unsqueeze", "first", g.numbers("axis_2", 2)), g.numbers("state_shape", 1, 1, STATE))
    words = g.node("GatherElements", states, index, axis=1, name="states")
    plain = {"upos": network.upos, "xpos": network.xpos, "lemma": network.lemma, "names": network.names, "kinds": network.kinds,
             "end": network.ends, "anaphors": network.anaphor, "antecedents": network.antecedent, "similarity": network.similarity}
    curved = {"arc_dependent": network.arc_dependent, "arc_head": network.arc_head, "dependent": network.dependent, "head": network.head}
    widths = lambda layers: [layer.out_features for layer in layers.values()]
    g.split(g.linear("answers", words, *plain.values()), widths(plain), list(plain))
    g.node("Squeeze", "end", g.numbers("axis_2", 2), name="ends")
    g.split(g.node("Gelu", g.linear("ties", words, *curved.values())), widths(curved), ["arc_dependent", "arc_head", "dependents", "heads"])
    arcs = g.product("arc", "arc_dependent", network.arc.detach().numpy(), network.arc_prior.detach().numpy())
    g.node("MatMul", arcs, g.node("Transpose", "arc_head", perm=[0, 2, 1]), name="arcs")
    integers, floats = TensorProto.INT32, TensorProto.FLOAT
    each = lambda name, *more: (name, floats, ["B", "W", *more])
    return g.model(
        [("vectors", floats, ["B", "T", STATE]), ("shapes", integers, ["B", "T"]), ("first", integers, ["B", "W"])],
        [*(each(k, len(labels[k])) for k in ("upos", "xpos", "lemma", "names", "kinds")), each("ends"), each("arcs", "W"),
         each("dependents", size.relation), each("heads", size.relation), each("anaphors", size.coreference),
         each("antecedents", size.coreference), each("similarity", STATE), each("states", STATE)])


def trunk(g, network):
    table = lambda name, layer: g.constant(name, layer.weight.detach().numpy())
    length = g.node("Slice", g.node("Shape", "shapes"), g.numbers("one", 1), g.numbers("two", 2))
    positions = g.node("Slice", table("positions", network.positions), g.numbers("zero", 0), length, g.numbers("axis_0", 0))
    x = g.node("Add", "vectors", g.node("Gather", table("shapes.table", network.shapes), "shapes"))
    x = g.norm("norm", g.node("Add", x, positions), network.norm)
    for i, weights in enumerate(network.layers):
        x = layer(g, f"layer{i}", x, weights)
    return x


def layer(g, name, x, weights):
    width = weights.query.out_features
    parts = g.linear(f"{name}.attention", x, weights.query, weights.key, weights.value, factors=[HEAD_WIDTH ** -0.5, 1, 1])
    query, key, value = g.split(parts, [width] * 3, [f"{name}.{part}" for part in ("query", "key", "value")])
    heads = lambda part, perm: g.node("Transpose", g.node("Reshape", part, g.numbers("split", 0, 0, width // HEAD_WIDTH, HEAD_WIDTH)), perm=perm)
    scores = g.node("MatMul", heads(query, [0, 2, 1, 3]), heads(key, [0, 2, 3, 1]))
    attention = g.node("Softmax", scores, axis=-1)
    context = g.node("Transpose", g.node("MatMul", attention, heads(value, [0, 2, 1, 3])), perm=[0, 2, 1, 3])
    context = g.linear(f"{name}.out", g.node("Reshape", context, g.numbers("merge", 0, 0, width)), weights.out)
    x = g.norm(f"{name}.norm1", g.node("Add", x, context), weights.norm1)
    inner = g.node("Gelu", g.linear(f"{name}.up", x, weights.up), approximate="tanh")
    return g.norm(f"{name}.norm2", g.node("Add", x, g.linear(f"{name}.down", inner, weights.down)), weights.norm2)


def relations(network, labels):
    g, n, width = Graph(), len(labels["deprels"]), network.size.relation
    pairs = g.node("Reshape", g.product("pair", "dependent", network.pair.detach().numpy()), g.numbers("pair_shape", -1, n, width))
    scores = g.node("Squeeze", g.node("MatMul", pairs, g.node("Unsqueeze", "head", g.numbers("axis_2", 2))), g.numbers("axis_2", 2))
    single = g.node("Add", g.linear("pair_dependent", "dependent", network.pair_dependent), g.linear("pair_head", "head", network.pair_head))
    g.node("Add", scores, single, name="relations")
    floats = TensorProto.FLOAT
    return g.model([("dependent", floats, ["M", width]), ("head", floats, ["M", width])], [("relations", floats, ["M", n])])


# --- worked examples ----------------------------------------------------------------------------------------------------------

EXAMPLES = [
    # Paragraphs of words; "_" before a word: no white space before it.
    ["Ministers meet in Oslo", "The U.S. envoy did _n't say on Tuesday whether Norway _'s prime minister _, Anna Berg _, would sign _. "
     "“ _We will see _, _” she told reporters _. Talks resume in 2026 _."],
    ["Fire kills 12 at F-16 plant _, officials say"],
]


def example(paragraphs):
    """A document of one sentence per paragraph: the network is to find the real ends."""
    document, text = Document("example"), ""
    spans = []
    for n, paragraph in enumerate(paragraphs):
        sentence = Sentence("", n > 0)
        text += "\n\n" if n else ""
        for i, token in enumerate(paragraph.split()):
            joined, form = token.startswith("_"), token.lstrip("_")
            text += "" if joined or i == 0 else " "
            sentence.words.append(Word(form, not joined, "", "", "", 0, ""))
            spans.append([len(text.encode()), len((text + form).encode())])
            text += form
        document.sentences.append(sentence)
    return document, text, spans


def vectors(network, labels, vocabulary):
    out = []
    for paragraphs in EXAMPLES:
        document, text, spans = example(paragraphs)
        window = Window([s.words for s in document.sentences], [s.starts_paragraph for s in document.sentences])
        inputs = {k: v[0].astype(int).tolist() for k, v in arrays([window], vocabulary).items() if k != "mask"}
        answers = annotate(network, labels, vocabulary, [document])[0]              # one window at a time, as the runtime does
        listed = {k: [getattr(a, k) for a in answers] for k in ("upos", "xpos", "lemma", "name", "kind", "ends", "head", "deprel")}
        out.append({"text": text, "words": spans, **inputs, "answers": listed})
    return out


def laid_out(examples):
    """JSON with one line for each list."""
    inner = lambda value: json.dumps(value, ensure_ascii=False) if not isinstance(value, dict) else \
        "{\n" + ",\n".join(f"    {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items()) + "\n  }"
    return "[" + ",\n ".join("{\n" + ",\n".join(f"  {json.dumps(k)}: {inner(v)}" for k, v in e.items()) + "}" for e in examples) + "]\n"


def difference(network, exported, vocabulary):
    """The largest difference between torch and the exported graph over an example, relative to the largest value of an output."""
    document, _, _ = example(EXAMPLES[0])
    window = Window([s.words for s in document.sentences], [s.starts_paragraph for s in document.sentences])
    inputs = {k: torch.from_numpy(v) for k, v in arrays([window], vocabulary).items()}
    with torch.no_grad():
        ours, theirs = network(**inputs), exported(**inputs)
    return {k: float((ours[k] - theirs[k]).abs().max() / ours[k].abs().max()) for k in ours}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("weights", "minilm", "out"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--profile", choices=list(SIZES), default="accurate")
    options = parser.parse_args()
    folder = os.path.join(options.out, options.profile)
    os.makedirs(folder, exist_ok=True)
    vocabulary = Vocabulary(os.path.join(options.minilm, "tokenizer.json"))
    table = Table(os.path.join(options.minilm, "model.safetensors"), vocabulary.rows)
    network, labels = load(options.weights, table, options.profile)
    Linear.rounded = True
    replace(os.path.join(options.out, "words.bin"), table.write)
    replace(os.path.join(options.out, "vocab.txt"), lambda new: shutil.copyfile(os.path.join(options.weights, "vocab.txt"), new))
    place = lambda name: os.path.join(folder, name)
    for name, model in (("encoder", encoder(network, labels)), ("relations", relations(network, labels))):
        replace(place(f"{name}.onnx"), lambda new: onnx.save(model, new))
    replace(place("labels.json"), lambda new: shutil.copyfile(os.path.join(options.weights, "labels.json"), new))
    exported = OnnxNetwork(folder)
    replace(place("vectors.json"), lambda new: write(new, laid_out(vectors(exported, labels, vocabulary))))
    for name, value in difference(network, exported, vocabulary).items():
        print(f"{name:12} differs from torch by {value:.4f} of its largest value")
        assert value < 0.1, "the exported graph must compute what torch computes, but for codes that fall on the other side"
    for name in sorted(os.listdir(folder)):
        print(f"{os.path.getsize(place(name)) / 1e6:8.2f} MB  {name}")


def replace(path, write_to):
    """Writes a file beside its place and moves it there when it is whole."""
    write_to(path + ".new")
    os.replace(path + ".new", path)


def write(path, text):
    with open(path, "w", encoding="utf8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
