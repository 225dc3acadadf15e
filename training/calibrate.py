"""Moves a threshold of a trained network to where it does best on dev: how readily a name is seen.

    python calibrate.py --corpora DIR --minilm DIR --weights DIR --profile accurate

Input:  `network.pt` of train.py. Output: the same file with the bias of the tag `O` moved; what was tried on standard output.
The loss weighs every word alike, the measure does not: a name in doubt costs more when it is wrong than when it is missed.
Run once: a second run moves from where the first left off.
"""
import argparse
import os

import torch

from corpora import read_names, read_treebank
from decode import annotate
from evaluate import figures
from network import Linear, Table
from train import load, write_atomically
from windows import Vocabulary

STEPS = (0.0, 0.5, 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpora", "minilm", "weights"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--profile", default="accurate")
    options = parser.parse_args()
    at = lambda name: os.path.join(options.corpora, name)
    vocabulary = Vocabulary(os.path.join(options.minilm, "tokenizer.json"))
    table = Table(os.path.join(options.minilm, "model.safetensors"), vocabulary.rows)
    network, labels = load(options.weights, table, options.profile)
    Linear.rounded = False               # quicker, and thresholds do not depend on it
    dev = read_treebank(at("ewt-dev.conllu"), read_names(at("uner-ewt-dev.iob2")))
    with torch.no_grad():
        best(network, labels, vocabulary, network.names.bias[:1], dev)
    write_atomically(os.path.join(options.weights, "network.pt"), network.state_dict())


def best(network, labels, vocabulary, bias, documents):
    """Leaves `bias` where the names' F1 is highest."""
    start, results = bias.clone(), {}
    for step in STEPS:
        bias.copy_(start + step)
        results[step] = figures(documents, annotate(network, labels, vocabulary, documents))["names"]
        print(f"names {results[step]:.2f} at {step:+.1f}", flush=True)
    bias.copy_(start + max(STEPS, key=lambda step: results[step]))


if __name__ == "__main__":
    main()
