"""How well the exported network does on the treebanks, given their words: figures, and errors by kind.

    python evaluate.py --model models/accurate --corpora DIR --minilm DIR [--part dev|test] [--errors]

Input:  the exported ONNX and treebank files. Output: figures with the network's own sentence ends and with the treebank's; how near
`similarity` comes to its teacher; with --errors, the commonest mistakes of each kind.
"""
import argparse
import os
from collections import Counter

import numpy as np
import onnxruntime
import torch

import decode
from corpora import NAME_KINDS, read_labels, read_names, read_treebank
from network import minilm_sentences
from windows import Vocabulary


class OnnxNetwork:
    """The exported network, called as the torch one is."""

    def __init__(self, directory, threads=2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        start = lambda name: onnxruntime.InferenceSession(os.path.join(directory, name), options, providers=["CPUExecutionProvider"])
        self.encoder, self.pairs = start("encoder.onnx"), start("relations.onnx")
        with open(os.path.join(directory, "..", "words.bin"), "rb") as file:
            rows, width = np.frombuffer(file.read(8), dtype="<u4")
            scales = np.frombuffer(file.read(4 * rows), dtype="<f4")
            self.table = np.frombuffer(file.read(), dtype=np.int8).reshape(rows, width) * scales[:, None]

    def __call__(self, pieces, shapes, mask, first):
        """One window, so that its activations are rounded by its own range; nothing is padded, and the mask goes unused."""
        feed = {"vectors": self.table[pieces.numpy()], "shapes": shapes.int().numpy(), "first": first.int().numpy()}
        names = [output.name for output in self.encoder.get_outputs()]
        return {name: torch.from_numpy(value) for name, value in zip(names, self.encoder.run(names, feed))}

    def relations(self, dependent, head):
        return torch.from_numpy(self.pairs.run(["relations"], {"dependent": dependent.numpy(), "head": head.numpy()})[0])


def figures(documents, answers):
    """In percent: sentence F1; shares of words with the right tag, lemma, head, head and relation (without and with subtypes), mention
    kind; F1 of typed names. Names and kinds only where annotated; GUM's names are those its entities decide."""
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
            gold = uner(name_spans(gold_names))
            mine = uner(name_spans([n if g is not None else "O" for n, g in zip(given_names, gold_names)]))
            c["names"] += len(gold & mine)
            c["names_all"] += len(gold) + len(mine)
    result = {k: 100 * c[k] / c["words"] for k in ("upos", "xpos", "lemma", "uas", "las", "las_subtypes")}
    result["sentences"] = 200 * c["sentences"] / c["sentences_all"]
    if c["names_all"]:
        result["names"] = 200 * c["names"] / c["names_all"]
    if c["kinds_all"]:
        result["kinds"] = 100 * c["kinds"] / c["kinds_all"]
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


def uner(spans):
    """Spans of the kinds that UNER measures: PER, ORG, and LOC with facilities."""
    return {(start, end, "LOC" if kind == "FAC" else kind) for start, end, kind in spans if kind in ("PER", "ORG", "LOC", "FAC")}


def marked_figures(documents, answers):
    """F1 of names by kind, in percent, on texts whose names are marked in full."""
    right, total = Counter(), Counter()
    for document, given in zip(documents, answers):
        gold = set(name_spans([word.names[0] for sentence in document.sentences for word in sentence.words]))
        mine = set(name_spans([answer.name for answer in given]))
        for kind in [None, *NAME_KINDS]:
            of = lambda spans: {s for s in spans if kind in (None, s[2])}
            right[kind] += 2 * len(of(gold) & of(mine))
            total[kind] += len(of(gold)) + len(of(mine))
    return {kind or "all kinds": 100 * right[kind] / max(1, total[kind]) for kind in right if total[kind]}


def show(result):
    return "  ".join(f"{k} {v:.2f}" for k, v in result.items())


# --- the teacher --------------------------------------------------------------------------------------------------------------

def nearness(documents, readers, vocabulary, minilm, limit=400):
    """Mean cosine with the teacher's sentence embeddings, and the correlation of the two over all pairs of sentences."""
    texts = [sentence.text for document in documents for sentence in document.sentences][:limit]
    theirs = minilm_sentences(os.path.join(minilm, "model.safetensors"), [vocabulary.sentence(text) for text in texts])
    ours = torch.stack([torch.from_numpy(v) for reader in readers for v in reader.similarities][:limit])
    ours = torch.nn.functional.normalize(ours, dim=-1)
    above = torch.triu_indices(len(texts), len(texts), 1)
    pairs = torch.stack([(v @ v.T)[above[0], above[1]] for v in (ours, theirs)])
    return float((ours * theirs).sum(-1).mean()), float(torch.corrcoef(pairs)[0, 1])


# --- errors -------------------------------------------------------------------------------------------------------------------

def errors(documents, answers):
    """Counters of mistakes by kind; a mistake is a short text."""
    kinds = {k: Counter() for k in ("upos", "xpos", "lemma", "relation, head right", "head wrong, by relation", "sentence ends", "names")}
    for document, given in zip(documents, answers):
        words, ends, heads = [], [], []
        for sentence in document.sentences:
            heads += [-1 if word.head == 0 else len(words) + word.head - 1 for word in sentence.words]
            words += sentence.words
            ends.append(len(words) - 1)
        for word, answer, head in zip(words, given, heads):
            count_errors(kinds, word, answer, head)
        count_end_errors(kinds["sentence ends"], words, set(ends), {i for i, answer in enumerate(given) if answer.ends})
        if any(word.name for word in words):
            count_name_errors(kinds["names"], words, given)
    return kinds


def count_errors(kinds, word, answer, head):
    if answer.upos != word.upos:
        kinds["upos"][f"{word.upos} read as {answer.upos}"] += 1
    if answer.xpos != word.xpos:
        kinds["xpos"][f"{word.xpos} read as {answer.xpos}"] += 1
    if answer.lemma.lower() != word.lemma.lower():
        kinds["lemma"][f"{word.text}: {word.lemma}, not {answer.lemma}"] += 1
    if answer.head != head:
        kinds["head wrong, by relation"][word.deprel.split(":")[0]] += 1
    elif answer.deprel != word.deprel:
        kinds["relation, head right"][f"{word.deprel} read as {answer.deprel}"] += 1


def count_end_errors(counter, words, gold, given):
    around = lambda i: " ".join(w.text for w in words[max(0, i - 3):i + 1]) + " | " + " ".join(w.text for w in words[i + 1:i + 4])
    for i in gold ^ given:
        counter[f"{'missed' if i in gold else 'wrong'} after {words[i].text if not words[i].text.isalnum() else 'a word'}"] += 1
        counter[f"{'missed' if i in gold else 'wrong'}: {around(i)}"] += 1


def count_name_errors(counter, words, given):
    gold, mine = uner(name_spans([w.name for w in words])), uner(name_spans([a.name for a in given]))
    overlaps = lambda span, others: next((o for o in others if o[0] < span[1] and span[0] < o[1]), None)
    for span in gold - mine:
        other = overlaps(span, mine)
        what = "missed" if other is None else f"typed {other[2]}" if other[:2] == span[:2] else "cut otherwise"
        counter[f"{span[2]} {what}"] += 1
    for span in mine - gold:
        if overlaps(span, gold) is None:
            counter[f"{span[2]} invented"] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("model", "corpora", "minilm"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    at = lambda name: os.path.join(options.corpora, name)
    labels, vocabulary = read_labels(os.path.join(options.model, "labels.json")), Vocabulary(os.path.join(options.minilm, "tokenizer.json"))
    network = OnnxNetwork(options.model)
    sets = {"ewt": read_treebank(at(f"ewt-{options.part}.conllu"), read_names(at(f"uner-ewt-{options.part}.iob2"))),
            "gum": read_treebank(at(f"gum-{options.part}.conllu"))}
    sets["gum news"] = [document for document in sets["gum"] if "_news_" in document.id]
    for name, documents in sets.items():
        own, told = (decode.read(network, labels, vocabulary, documents, gold_sentences=gold, batch=1) for gold in (False, True))
        print(f"{name} {options.part}, own sentences:   {show(figures(documents, [r.answers for r in own]))}")
        print(f"{name} {options.part}, given sentences: {show(figures(documents, [r.answers for r in told]))}")
        cosine, correlation = nearness(documents, told, vocabulary, options.minilm)
        print(f"{name} {options.part}, similarity: mean cosine with the teacher {cosine:.3f}, correlation over pairs {correlation:.3f}")
        for kind, counter in errors(documents, [r.answers for r in own]).items() if options.errors else ():
            print(f"  {kind}: {sum(counter.values())}\n" + "\n".join(f"    {n:5} {what}" for what, n in counter.most_common(15)))


if __name__ == "__main__":
    main()
