"""How well a network does on a treebank, given its words: figures, and errors by kind.

Input: a trained network (or the exported ONNX) and treebank files. Output: figures as a dict or printed.
"""
import os
from collections import Counter

import onnxruntime
import torch


class OnnxNetwork:
    """The exported network, called as the torch one is."""

    def __init__(self, directory, threads=2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        start = lambda name: onnxruntime.InferenceSession(os.path.join(directory, name), options, providers=["CPUExecutionProvider"])
        self.encoder, self.pairs = start("encoder.onnx"), start("relations.onnx")

    def __call__(self, pieces, shapes, mask, first):
        feed = {"pieces": pieces.int().numpy(), "shapes": shapes.int().numpy(), "mask": mask.numpy(), "first": first.int().numpy()}
        names = [output.name for output in self.encoder.get_outputs()]
        return {name: torch.from_numpy(value) for name, value in zip(names, self.encoder.run(names, feed))}

    def relations(self, dependent, head):
        return torch.from_numpy(self.pairs.run(["relations"], {"dependent": dependent.numpy(), "head": head.numpy()})[0])


def figures(documents, answers, names_documents=None):
    """Sentence F1 and shares of words with the right tag, lemma, head, head and relation, mention kind; F1 of typed names."""
    c = Counter()
    for document, given in zip(documents, answers):
        base, spans, found, start = 0, set(), set(), 0
        gold_names, given_names = [], [answer.name for answer in given]
        for i, answer in enumerate(given):
            if answer.ends:
                found.add((start, i))
                start = i + 1
        for sentence in document.sentences:
            spans.add((base, base + len(sentence.words) - 1))
            for i, word in enumerate(sentence.words):
                count_word(c, word, given[base + i], -1 if word.head == 0 else base + word.head - 1)
                gold_names.append(word.name)
            base += len(sentence.words)
        c["sentences"] += len(spans & found)
        c["sentences_all"] += len(spans) + len(found)
        if any(name is not None for name in gold_names):
            gold = {s for s in name_spans(gold_names) if s[2] != "OTH"}
            mine = {s for s in name_spans([n if g is not None else "O" for n, g in zip(given_names, gold_names)]) if s[2] != "OTH"}
            c["names"] += len(gold & mine)
            c["names_all"] += len(gold) + len(mine)
    result = {k: 100 * c[k] / c["words"] for k in ("upos", "xpos", "lemma", "uas", "las", "las_subtypes")}
    result["sentences"] = 200 * c["sentences"] / c["sentences_all"]
    result["names"] = 200 * c["names"] / max(1, c["names_all"])
    result["kinds"] = 100 * c["kinds"] / max(1, c["kinds_all"])
    return result


def count_word(c, word, answer, head):
    c["words"] += 1
    c["upos"] += answer.upos == word.upos
    c["xpos"] += answer.xpos == word.xpos
    c["lemma"] += answer.lemma.lower() == word.lemma.lower()
    if answer.head == head:
        c["uas"] += 1
        c["las"] += answer.deprel.split(":")[0] == word.deprel.split(":")[0]
        c["las_subtypes"] += answer.deprel == word.deprel
    if word.kind is not None:
        c["kinds_all"] += 1
        c["kinds"] += answer.kind == word.kind


def name_spans(tags):
    spans, start, kind = [], None, None
    for i, tag in enumerate([*tags, "O"]):
        tag = tag or "O"
        if start is not None and not (tag.startswith("I-") and tag[2:] == kind):
            spans.append((start, i, kind))
            start = None
        if tag.startswith("B-"):
            start, kind = i, tag[2:]
    return spans


def show(result):
    return "  ".join(f"{k} {v:.2f}" for k, v in result.items())
