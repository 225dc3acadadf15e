"""Trains the network for a given time and writes its weights.

    python train.py --corpora DIR --minilm DIR --out DIR --minutes 75 [--seed 1] [--threads 2]

Input:  the treebank files and the unpacked MiniLM. Output in DIR: `network.pt` (averaged weights), `labels.json`, `vocab.txt`, and
`taught.npy`, the teacher's answers, kept for the next run; the log on standard output.
The learning rate falls with the time used, so a run ends on time on any machine; only the same number of steps gives the same weights.
"""
import argparse
import json
import os
import random
import time
from collections import Counter

import numpy as np
import torch
from torch.nn import functional as F

from corpora import KINDS, NAMES, SHAPES, lemma_script, read_names, read_treebank
from decode import annotate
from evaluate import figures, show
from network import RELATION, STATE, Network, Trunk, minilm_sentences
from samples import NO_LABEL, Targets, batches, varied
from windows import CLS, MASK, PAD, PIECES_PER_WORD, POSITIONS, SEP, UNK, WINDOW_PIECES, Vocabulary, arrays

TRUNK_RATE, HEAD_RATE, WARM_UP = 1.5e-4, 1.2e-3, 200
AVERAGE = 0.998
MASKED = 0.04                     # share of pieces hidden behind [MASK]
LOSS = {"upos": 0.5, "xpos": 0.7, "lemma": 0.5, "ends": 0.7, "names": 1.0, "kinds": 0.4, "arcs": 1.0, "relations": 1.0, "similarity": 3.0}
RARE_LEMMA, RARE_RELATION = 3, 25


# --- labels -----------------------------------------------------------------------------------------------------------------

def make_labels(documents):
    words = [word for d in documents for s in d.sentences for word in s.words]
    scripts = Counter(lemma_script(word.text, word.lemma) for word in words)
    relations = Counter(word.deprel for word in words)
    common = {r for r, n in relations.items() if n >= RARE_RELATION or ":" not in r}
    return {
        "upos": sorted({word.upos for word in words}), "xpos": sorted({word.xpos for word in words}),
        "lemma": [script for script, n in sorted(scripts.items(), key=lambda item: (-item[1], item[0])) if n >= RARE_LEMMA],
        "names": NAMES, "kinds": KINDS, "deprels": sorted(common),
    }


def contract_labels(labels):
    """`labels.json` as models/CONTRACT.md has it."""
    return {"format": "variorum/labels/1", **labels,
            "lemma": [{"case": case, "strip": strip, "append": append} for case, strip, append in labels["lemma"]],
            "limits": {"shapes": SHAPES, "pieces_per_word": PIECES_PER_WORD, "window_pieces": WINDOW_PIECES, "positions": POSITIONS},
            "special": {"pad": PAD, "unk": UNK, "cls": CLS, "sep": SEP, "mask": MASK},
            "sizes": {"state": STATE, "relation": RELATION, "similarity": STATE}}


# --- losses -----------------------------------------------------------------------------------------------------------------

def losses(network, inputs, target, taught, name_weight):
    """Loss by task. `taught` [S,384]: the teacher's embedding of each sentence of the batch; `name_weight` [B]."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = network(**inputs)
    out = {k: v.float() for k, v in out.items()}
    result = {}
    for key in ("upos", "xpos", "lemma", "kinds"):
        result[key] = mean_loss(out[key], target[key])
    weight = name_weight[:, None].expand_as(target["names"])[target["names"] != NO_LABEL]
    if weight.numel():
        rows = target["names"] != NO_LABEL
        result["names"] = (F.cross_entropy(out["names"][rows], target["names"][rows], reduction="none") * weight).sum() / weight.sum()
    rows = target["ends"] != NO_LABEL
    result["ends"] = F.binary_cross_entropy_with_logits(out["ends"][rows], target["ends"][rows].float())

    sentence, W = target["sentence"], target["sentence"].shape[1]
    real = sentence >= 0
    same = (sentence[:, :, None] == sentence[:, None, :]) & real[:, :, None] & ~torch.eye(W, dtype=torch.bool)
    same[:, :, 0] = True
    arcs = out["arcs"].masked_fill(~same, -1e4)
    result["arcs"] = F.cross_entropy(arcs[real], target["head"][real])

    b, i = real.nonzero(as_tuple=True)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        relations = network.relations(out["dependents"][b, i], out["heads"][b, target["head"][b, i]])
    result["relations"] = F.cross_entropy(relations.float(), target["relation"][real], ignore_index=NO_LABEL)

    sums = torch.zeros_like(taught).index_add(0, sentence[real], out["similarity"][real])
    result["similarity"] = (1 - F.cosine_similarity(sums, taught, dim=-1)).mean()
    return result


def mean_loss(logits, target):
    rows = target != NO_LABEL
    return F.cross_entropy(logits[rows], target[rows]) if rows.any() else logits.sum() * 0


# --- the run ----------------------------------------------------------------------------------------------------------------

def taught_embeddings(documents, vocabulary, minilm, cache):
    """The frozen teacher's embedding of each sentence of the corpora, by (document, sentence); kept in `cache` between runs."""
    sentences = [sentence.text for document in documents for sentence in document.sentences]
    if not os.path.exists(cache):
        teacher = Trunk(30522, 0).load(os.path.join(minilm, "model.safetensors"))
        np.save(cache, minilm_sentences(teacher, [vocabulary.sentence(text) for text in sentences]).half().numpy())
    flat = iter(torch.from_numpy(np.load(cache)).float())
    return [[next(flat) for _ in document.sentences] for document in documents]


def build(labels, vocabulary):
    return Network(len(vocabulary.pieces), SHAPES, {k: len(labels[k]) for k in ("upos", "xpos", "lemma", "names", "kinds", "deprels")})


def read_corpora(directory):
    at = lambda name: os.path.join(directory, name)
    ewt = lambda part: read_treebank(at(f"ewt-{part}.conllu"), read_names(at(f"uner-ewt-{part}.iob2")))
    return {"ewt": ewt("train"), "gum": read_treebank(at("gum-train-free.conllu"))}, {
        "ewt-dev": ewt("dev"), "gum-dev": read_treebank(at("gum-dev.conllu"))}


class Average:
    """A moving average of the trained weights."""

    def __init__(self, network):
        self.live = [p for p in network.parameters() if p.requires_grad]
        self.mean = [p.detach().clone() for p in self.live]
        self.steps = 0

    @torch.no_grad()
    def update(self):
        self.steps += 1
        torch._foreach_lerp_(self.mean, [p.detach() for p in self.live], 1 - min(AVERAGE, self.steps / (self.steps + 10)))

    @torch.no_grad()
    def swap(self):
        for p, mean in zip(self.live, self.mean):
            kept = p.clone()
            p.copy_(mean)
            mean.copy_(kept)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpora", "minilm", "out"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--checks", type=int, default=4, help="how often to look at dev")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    random_ = random.Random(options.seed)

    vocabulary = Vocabulary(os.path.join(options.minilm, "tokenizer.json"))
    train, dev = read_corpora(options.corpora)
    documents = train["ewt"] + train["gum"]
    name_weights = [1.0] * len(train["ewt"]) + [0.5] * len(train["gum"])
    labels = make_labels(documents)
    write_atomically(os.path.join(options.out, "labels.json"), json.dumps(contract_labels(labels), ensure_ascii=False, indent=1) + "\n")
    write_atomically(os.path.join(options.out, "vocab.txt"), "\n".join(vocabulary.pieces) + "\n")
    taught = taught_embeddings(documents, vocabulary, options.minilm, os.path.join(options.out, "taught.npy"))
    network = build(labels, vocabulary)
    network.trunk.load(os.path.join(options.minilm, "model.safetensors"), vocabulary.rows)
    network.trunk.pieces.weight.requires_grad_(False)
    run(options, network, labels, vocabulary, documents, name_weights, taught, dev, random_)


def run(options, network, labels, vocabulary, documents, name_weights, taught, dev, random_):
    trunk = [p for p in network.trunk.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("trunk.")]
    rates = [TRUNK_RATE, HEAD_RATE]
    groups = [{"params": part, "lr": rate} for part, rate in zip((trunk, heads), rates)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    targets, average, recent = Targets(labels), Average(network), Counter()
    budget, started, step, passes, n_words, checked = options.minutes * 60, time.time(), 0, 0, 0, 0
    log = lambda text: print(f"{time.time() - started:6.0f}s step {step} pass {passes} words {n_words} {text}", flush=True)
    network.train()
    while (used := (time.time() - started) / budget) < 1:
        passes += 1
        for batch in batches(documents, vocabulary, random_):
            used = (time.time() - started) / budget
            if used >= 1:
                break
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(0.01, 1 - used)
            windows = [varied(documents[d], numbers, random_) for d, numbers in batch]
            inputs = arrays(windows, vocabulary)
            inputs["pieces"] = hide(inputs["pieces"], random_)
            target = targets.batch(windows, inputs["first"].shape[1])
            wanted = torch.stack([taught[d][s] for d, numbers in batch for s in numbers])
            weights = torch.tensor([name_weights[d] for d, _ in batch])
            parts = losses(network, {k: torch.from_numpy(v) for k, v in inputs.items()}, target, wanted, weights)
            optimizer.zero_grad(set_to_none=True)
            sum(LOSS[k] * v for k, v in parts.items()).backward()
            torch.nn.utils.clip_grad_norm_(trunk + heads, 1.0)
            optimizer.step()
            average.update()
            step += 1
            n_words += int((target["sentence"] >= 0).sum())
            recent.update({k: float(v.detach()) / 50 for k, v in parts.items()})
            if step % 50 == 0:
                log(" ".join(f"{k} {v:.3f}" for k, v in recent.items()))
                recent.clear()
            if used * options.checks >= checked + 1:
                checked += 1
                check(options, network, average, labels, vocabulary, dev, log)
    check(options, network, average, labels, vocabulary, dev, log)


def hide(pieces, random_):
    generator = np.random.default_rng(random_.getrandbits(32))
    hidden = (generator.random(pieces.shape) < MASKED) & (pieces > MASK)
    return np.where(hidden, MASK, pieces)


def check(options, network, average, labels, vocabulary, dev, log):
    """Dev figures of the averaged weights, which are saved."""
    average.swap()
    network.eval()
    write_atomically(os.path.join(options.out, "network.pt"), network.state_dict())
    for name, documents in dev.items():
        log(f"{name} {show(figures(documents, annotate(network, labels, vocabulary, documents)))}")
    network.train()
    average.swap()


def write_atomically(path, content):
    if isinstance(content, str):
        with open(path + ".new", "w", encoding="utf8") as file:
            file.write(content)
    else:
        torch.save(content, path + ".new")
    os.replace(path + ".new", path)


if __name__ == "__main__":
    main()
