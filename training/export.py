"""Writes the trained network as ONNX, int8 weights, in plain operators; checks it against torch; writes worked examples.

    python export.py --weights DIR --minilm DIR --out models/accurate

Input:  `network.pt`, `labels.json`, `vocab.txt` of train.py. Output: `encoder.onnx`, `relations.onnx`, `labels.json`, `vocab.txt`, `vectors.json`.
Weights of products and the tables are int8 with one scale for each output channel (table row), dequantised before use; the rest is
float32.
Limits: opset 20; the same weights give the same bytes.
"""
import argparse
import json
import math
import os
import shutil

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from corpora import Document, Sentence, Word, read_labels
from decode import annotate
from evaluate import OnnxNetwork
from network import ATTENTION_HEADS, LAYERS, RELATION, STATE
from train import build
from windows import Vocabulary, Window, arrays


class Graph:
    """ONNX nodes and weights in the order they are added; each call returns the name of its output."""

    def __init__(self):
        self.nodes, self.weights, self.shared = [], [], {}

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

    def int8(self, name, array, axis):
        """A float matrix stored as int8, one scale along `axis`."""
        codes, scale = rounded(array, axis)
        zero = np.zeros(scale.shape, dtype=np.int8)
        inputs = [self.constant(f"{name}.{part}", value) for part, value in (("int8", codes), ("scale", scale), ("zero", zero))]
        return self.node("DequantizeLinear", *inputs, name=name, axis=axis)

    def linear(self, name, x, layer, factor=1.0, out=None):
        product = self.node("MatMul", x, self.int8(name + ".weight", layer.weight.detach().numpy().T * factor, axis=1))
        if layer.bias is None:
            return product
        return self.node("Add", product, self.constant(name + ".bias", layer.bias.detach().numpy() * np.float32(factor)), name=out)

    def norm(self, name, x, layer):
        scale, bias = (self.constant(f"{name}.{k}", getattr(layer, k).detach().numpy()) for k in ("weight", "bias"))
        return self.node("LayerNormalization", x, scale, bias, axis=-1, epsilon=layer.eps)

    def model(self, inputs, outputs):
        info = lambda shapes: [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in shapes]
        graph = helper.make_graph(self.nodes, "variorum", info(inputs), info(outputs), self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9, producer_name="variorum")
        onnx.checker.check_model(model, full_check=True)
        return model


def rounded(array, axis):
    """int8 codes and the scales along `axis` that give the array back, nearly."""
    array = np.asarray(array, dtype=np.float32)
    scale = np.abs(array).max(axis=1 - axis) / 127
    scale[scale == 0] = 1
    codes = np.rint(array / np.expand_dims(scale, 1 - axis)).clip(-127, 127).astype(np.int8)
    return codes, scale.astype(np.float32)


@torch.no_grad()
def round_weights(network):
    """Gives a torch network the int8 weights of its export, so that what differs beyond is the graph."""
    tables = {f"{name}.weight" for name, module in network.named_modules() if isinstance(module, (torch.nn.Linear, torch.nn.Embedding))}
    for name, parameter in network.named_parameters():
        if name in tables or name in ("arc", "pair"):
            axis = 0 if name in tables else 1
            codes, scale = rounded(parameter.numpy(), axis)
            parameter.copy_(torch.from_numpy(codes * np.expand_dims(scale, 1 - axis)))


# --- the two graphs ---------------------------------------------------------------------------------------------------------

def encoder(network, labels):
    g = Graph()
    states = trunk(g, network.trunk)
    index = g.node("Expand", g.node("Unsqueeze", "first", g.numbers("axis_2", 2)), g.numbers("state_shape", 1, 1, STATE))
    words = g.node("GatherElements", states, index, axis=1)
    for name in ("upos", "xpos", "lemma", "names", "kinds", "similarity"):
        g.linear(f"{name}.head", words, getattr(network, name), out=name)
    g.node("Squeeze", g.linear("ends.head", words, network.ends), g.numbers("axis_2", 2), name="ends")
    activated = lambda name, layer, out=None: g.node("Gelu", g.linear(name, words, layer), name=out)
    dependent, head = activated("arc_dependent", network.arc_dependent), activated("arc_head", network.arc_head)
    arc = g.int8("arc.weight", network.arc.detach().numpy(), axis=1)
    left = g.node("Add", g.node("MatMul", dependent, arc), g.constant("arc.prior", network.arc_prior.detach().numpy()))
    g.node("MatMul", left, g.node("Transpose", head, perm=[0, 2, 1]), name="arcs")
    activated("dependent", network.dependent, "dependents")
    activated("head", network.head, "heads")
    integers, floats = TensorProto.INT32, TensorProto.FLOAT
    each = lambda name, *more: (name, floats, ["B", "W", *more])
    return g.model(
        [("pieces", integers, ["B", "T"]), ("shapes", integers, ["B", "T"]), ("mask", floats, ["B", "T"]), ("first", integers, ["B", "W"])],
        [*(each(k, len(labels[k])) for k in ("upos", "xpos", "lemma", "names", "kinds")), each("ends"),
         each("arcs", "W"), each("dependents", RELATION), each("heads", RELATION), each("similarity", STATE)])


def trunk(g, network):
    table = lambda name, layer: g.int8(name, layer.weight.detach().numpy(), axis=0)
    length = g.node("Slice", g.node("Shape", "pieces"), g.numbers("one", 1), g.numbers("two", 2))
    positions = g.node("Slice", table("positions", network.positions), g.numbers("zero", 0), length, g.numbers("axis_0", 0))
    looked_up = lambda name, layer: g.node("Gather", table(f"{name}.table", layer), name)
    x = g.node("Add", looked_up("pieces", network.pieces), looked_up("shapes", network.shapes))
    x = g.norm("norm", g.node("Add", x, positions), network.norm)
    scalar = lambda name, value: g.constant(name, np.array(value, dtype=np.float32))
    absent = g.node("Mul", g.node("Sub", scalar("present", 1.0), "mask"), scalar("absent", -1e4))
    bias = g.node("Unsqueeze", absent, g.numbers("axes_1_2", 1, 2))
    for i in range(LAYERS):
        x = layer(g, f"layer{i}", x, bias, network.layers[i])
    return x


def layer(g, name, x, bias, weights):
    def heads(part, perm, factor=1.0):
        y = g.linear(f"{name}.{part}", x, getattr(weights, part), factor)
        return g.node("Transpose", g.node("Reshape", y, g.numbers("split", 0, 0, ATTENTION_HEADS, STATE // ATTENTION_HEADS)), perm=perm)

    scale = 1 / math.sqrt(STATE // ATTENTION_HEADS)
    scores = g.node("MatMul", heads("query", [0, 2, 1, 3], scale), heads("key", [0, 2, 3, 1]))
    attention = g.node("Softmax", g.node("Add", scores, bias), axis=-1)
    context = g.node("Transpose", g.node("MatMul", attention, heads("value", [0, 2, 1, 3])), perm=[0, 2, 1, 3])
    context = g.linear(f"{name}.out", g.node("Reshape", context, g.numbers("merge", 0, 0, STATE)), weights.out)
    x = g.norm(f"{name}.norm1", g.node("Add", x, context), weights.norm1)
    inner = g.node("Gelu", g.linear(f"{name}.up", x, weights.up))
    return g.norm(f"{name}.norm2", g.node("Add", x, g.linear(f"{name}.down", inner, weights.down)), weights.norm2)


def relations(network, labels):
    g, n = Graph(), len(labels["deprels"])
    pairs = g.node("MatMul", "dependent", g.int8("pair.weight", network.pair.detach().numpy(), axis=1))
    pairs = g.node("Reshape", pairs, g.numbers("pair_shape", -1, n, RELATION))
    scores = g.node("Squeeze", g.node("MatMul", pairs, g.node("Unsqueeze", "head", g.numbers("axis_2", 2))), g.numbers("axis_2", 2))
    alone = lambda side: g.linear(f"pair_{side}", side, getattr(network, f"pair_{side}"))
    single = g.node("Add", alone("dependent"), alone("head"))
    g.node("Add", scores, single, name="relations")
    floats = TensorProto.FLOAT
    return g.model([("dependent", floats, ["M", RELATION]), ("head", floats, ["M", RELATION])], [("relations", floats, ["M", n])])


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
        answers = annotate(network, labels, vocabulary, [document])[0]
        listed = {k: [getattr(a, k) for a in answers] for k in ("upos", "xpos", "lemma", "name", "kind", "ends", "head", "deprel")}
        out.append({"text": text, "words": spans, **inputs, "answers": listed})
    return out


def laid_out(examples):
    """JSON with one line for each list."""
    inner = lambda value: json.dumps(value, ensure_ascii=False) if not isinstance(value, dict) else \
        "{\n" + ",\n".join(f"    {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items()) + "\n  }"
    return "[" + ",\n ".join("{\n" + ",\n".join(f"  {json.dumps(k)}: {inner(v)}" for k, v in e.items()) + "}" for e in examples) + "]\n"


def difference(network, exported, vocabulary):
    """The largest difference between torch and the exported graph over the examples, relative to the largest value of an output."""
    windows = []
    for paragraphs in EXAMPLES:
        document, _, _ = example(paragraphs)
        windows.append(Window([s.words for s in document.sentences], [s.starts_paragraph for s in document.sentences]))
    inputs = {k: torch.from_numpy(v) for k, v in arrays(windows, vocabulary).items()}
    real = np.arange(inputs["first"].shape[1]) <= np.array([[sum(map(len, w.sentences))] for w in windows])
    with torch.no_grad():
        ours, theirs = network(**inputs), exported(**inputs)
    return {k: float((ours[k] - theirs[k])[torch.from_numpy(real)].abs().max() / ours[k][torch.from_numpy(real)].abs().max()) for k in ours}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("weights", "minilm", "out"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    labels = read_labels(os.path.join(options.weights, "labels.json"))
    vocabulary = Vocabulary(os.path.join(options.minilm, "tokenizer.json"))
    network = build(labels, vocabulary)
    network.load_state_dict(torch.load(os.path.join(options.weights, "network.pt"), weights_only=True))
    network.eval()
    place = lambda name: os.path.join(options.out, name)
    for name, model in (("encoder", encoder(network, labels)), ("relations", relations(network, labels))):
        onnx.save(model, place(f"{name}.onnx.new"))
        os.replace(place(f"{name}.onnx.new"), place(f"{name}.onnx"))
    for name in ("labels.json", "vocab.txt"):
        shutil.copyfile(os.path.join(options.weights, name), place(name + ".new"))
        os.replace(place(name + ".new"), place(name))
    exported = OnnxNetwork(options.out)
    with open(place("vectors.json.new"), "w", encoding="utf8") as file:
        file.write(laid_out(vectors(exported, labels, vocabulary)))
    os.replace(place("vectors.json.new"), place("vectors.json"))
    whole = difference(network, exported, vocabulary)
    round_weights(network)
    for name, value in difference(network, exported, vocabulary).items():
        print(f"{name:12} differs from torch by {whole[name]:.4f} of its largest value; with int8 weights in torch too, by {value:.6f}")
        assert value < 1e-3, "the exported graph must compute what torch computes"
    for name in sorted(os.listdir(options.out)):
        print(f"{os.path.getsize(place(name)) / 1e6:8.2f} MB  {name}")


if __name__ == "__main__":
    main()
