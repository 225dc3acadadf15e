"""Moves thresholds of a trained network to where it does best on dev: how readily a name is seen, and one of each kind.

    python calibrate.py --corpora DIR --minilm DIR --weights DIR --profile accurate

Input:  `network.pt` of train.py. Output: the same file with biases of the names' tags moved; what was tried on standard output.
The loss weighs every word alike, the measure does not: a name in doubt costs more when it is wrong than when it is missed.
Run once: a second run moves from where the first left off.
"""
import argparse
import os

import numpy as np
import torch

from corpora import read_names, read_treebank
from decode import read
from evaluate import figures
from network import Linear, Table
from train import load, write_atomically
from windows import Vocabulary

STEPS = (-0.25, 0.25, 0.5)
KINDS = ("O", "ORG", "LOC", "PER")


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
        network.names.bias += torch.from_numpy(best(read(network, labels, vocabulary, dev), labels["names"], dev)).float()
    write_atomically(os.path.join(options.weights, "network.pt"), network.state_dict())


def best(readers, tags, documents):
    """What to add to each tag's score where the names' F1 is highest, kind by kind."""
    shift, top = np.zeros(len(tags)), f1(readers, tags, documents, 0.0)
    print(f"names {top:.2f}", flush=True)
    for kind in KINDS:
        of_kind, start = np.array([tag == kind or tag.endswith("-" + kind) for tag in tags]), shift
        for step in STEPS:
            moved = start + step * of_kind
            result = f1(readers, tags, documents, moved)
            print(f"names {result:.2f} with {kind} at {step:+.2f}", flush=True)
            if result > top:
                shift, top = moved, result
    return shift


def f1(readers, tags, documents, shift):
    for reader in readers:
        reader.take_names(tags, shift)
    return figures(documents, [reader.answers for reader in readers])["names"]


if __name__ == "__main__":
    main()
