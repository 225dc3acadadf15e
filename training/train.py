"""Trains a profile's network for a given time and writes its weights.

    python train.py --corpora DIR --minilm DIR --silver FILE --tokeniser PROGRAM --out DIR --minutes 75 [--profile accurate] [--seed 1]
    python train.py … --profile fast --teacher DIR --minutes 30

Input:  the treebank files, our marked texts (news/), the unpacked MiniLM, silver.py's output, the crate's example program `words`; a teacher's
directory to distil from; `--start DIR` goes on from another run's weights, or from published ones (`models/accurate`). Output in DIR: `network.pt` (averaged weights, of the check that was
best on dev), `labels.json`, `vocab.txt`, and `taught.npy`, the sentence teacher's answers, kept for the next run; the log on standard output.
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

from corpora import KINDS, NAMES, SHAPES, lemma_script, own_texts, read_labels, read_marked, read_names, read_treebank, take_silver
from decode import annotate
from evaluate import figures, marked_figures, show
from network import SIZES, STATE, Linear, Network, Table, minilm_sentences, pruned
from published import published
from samples import NO_LABEL, Targets, batches, varied
from windows import CLS, MASK, PAD, PIECES_PER_WORD, POSITIONS, SEP, UNK, WINDOW_PIECES, Vocabulary, arrays

TRUNK_RATE, HEAD_RATE, WARM_UP = 1.5e-4, 1.2e-3, 200
AVERAGE = 0.998
MASKED = 0.04                     # share of pieces hidden behind [MASK]
ROUNDED_FROM = 0.6                # of the time: from here on products are rounded as the export rounds them
LOSS = {"upos": 0.5, "xpos": 0.7, "lemma": 0.5, "ends": 0.7, "names": 1.5, "kinds": 0.4, "arcs": 1.0, "relations": 1.0, "chains": 0.2, "similarity": 3.0}
DISTILLED = 2.0                   # weight of the teacher's answers beside the corpora's
RARE_LEMMA, RARE_RELATION = 3, 25
MARKED_BY_UNER = 2.0              # weight of a word's name in UNER's texts, which are measured by, beside one in GUM's or ours
HELD_OUT = 10                     # every tenth of our marked texts is for choosing, not for learning


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


def contract_labels(labels, size):
    """`labels.json` as models/CONTRACT.md has it."""
    return {"format": "variorum/labels/2", **labels,
            "lemma": [{"case": case, "strip": strip, "append": append} for case, strip, append in labels["lemma"]],
            "limits": {"shapes": SHAPES, "pieces_per_word": PIECES_PER_WORD, "window_pieces": WINDOW_PIECES, "positions": POSITIONS},
            "special": {"pad": PAD, "unk": UNK, "cls": CLS, "sep": SEP, "mask": MASK},
            "sizes": {"state": STATE, "relation": size.relation, "coreference": size.coreference, "similarity": STATE}}


# --- losses -----------------------------------------------------------------------------------------------------------------

def losses(network, teacher, inputs, hidden, target, taught):
    """Loss by task. `hidden`: the pieces, some of them hidden; `taught` [S,384]: the sentence teacher's embedding of each sentence of the batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = network(**{**inputs, "pieces": hidden})
    out = {k: v.float() for k, v in out.items()}
    result = {key: mean_loss(out[key], target[key]) for key in ("upos", "xpos", "lemma", "kinds")}
    known = target["names"].any(-1)
    allowed = out["names"][known].masked_fill(~target["names"][known], -1e4)
    missed = out["names"][known].logsumexp(-1) - allowed.logsumexp(-1)
    result["names"] = (missed * target["trust"][known]).sum() / target["trust"][known].sum().clamp_min(1)
    rows = target["ends"] != NO_LABEL
    if rows.any():
        result["ends"] = F.binary_cross_entropy_with_logits(out["ends"][rows], target["ends"][rows].float())

    sentence = target["sentence"]
    real, arcs = sentence >= 0, out["arcs"].masked_fill(~candidates(sentence), -1e4)
    headed = target["head"] != NO_LABEL
    if headed.any():
        result["arcs"] = F.cross_entropy(arcs[headed], target["head"][headed])
        result["relations"] = F.cross_entropy(relations(network, out, headed, target["head"]), target["relation"][headed], ignore_index=NO_LABEL)
    if (target["chain"] >= 0).any():
        result["chains"] = chain_loss(out["anaphors"] @ out["antecedents"].transpose(1, 2), target["chain"])
    sums = torch.zeros_like(taught).index_add(0, sentence[real], out["similarity"][real])
    result["similarity"] = (1 - F.cosine_similarity(sums, taught, dim=-1)).mean()
    if teacher is not None:
        result |= distilled(network, teacher, inputs, out, arcs, target)
    return result


def candidates(sentence):
    """[B,W,W]: which words may be a word's head: the root and the others of its sentence."""
    real, W = sentence >= 0, sentence.shape[1]
    same = (sentence[:, :, None] == sentence[:, None, :]) & real[:, :, None] & ~torch.eye(W, dtype=torch.bool)
    same[:, :, 0] = True
    return same


def relations(network, out, rows, heads):
    b, i = rows.nonzero(as_tuple=True)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return network.relations(out["dependents"][b, i], out["heads"][b, heads[b, i]]).float()


def chain_loss(scores, chain):
    """Each mention's head looks back to an earlier one of its entity, or to the root if there is none in the window."""
    B, W = chain.shape
    mention = chain >= 0
    earlier = torch.ones(W, W, dtype=torch.bool).tril(-1) & mention[:, :, None] & mention[:, None, :]
    right = earlier & (chain[:, :, None] == chain[:, None, :])
    right[:, :, 0] = ~right.any(-1)
    earlier[:, :, 0] = True
    best = scores.masked_fill(~right, -1e4).logsumexp(-1)
    return (scores.masked_fill(~earlier, -1e4).logsumexp(-1) - best)[mention].mean()


def distilled(network, teacher, inputs, out, arcs, target):
    """How far the answers are from the teacher's, over every word, marked or not."""
    real = target["sentence"] >= 0
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        wise = teacher(**inputs)
    wise = {k: v.float() for k, v in wise.items()}
    far = lambda ours, theirs: F.kl_div(F.log_softmax(ours, -1), F.log_softmax(theirs, -1), reduction="batchmean", log_target=True)
    result = {f"{key}, taught": far(out[key][real], wise[key][real]) for key in ("upos", "xpos", "lemma", "kinds", "names")}
    result["ends, taught"] = F.binary_cross_entropy_with_logits(out["ends"][real], torch.sigmoid(wise["ends"][real]))
    theirs = wise["arcs"].masked_fill(~candidates(target["sentence"]), -1e4)
    result["arcs, taught"] = far(arcs[real], theirs[real])
    heads = torch.where(target["head"] == NO_LABEL, theirs.argmax(-1), target["head"])
    with torch.no_grad():
        wanted = relations(teacher, wise, real, heads)
    result["relations, taught"] = far(relations(network, out, real, heads), wanted)
    return result


def mean_loss(logits, target):
    rows = target != NO_LABEL
    return F.cross_entropy(logits[rows], target[rows]) if rows.any() else logits.sum() * 0


def weight(key):
    name, _, taught = key.partition(", ")
    return LOSS[name] * (DISTILLED if taught else 1)


# --- the run ----------------------------------------------------------------------------------------------------------------

def taught_embeddings(documents, vocabulary, minilm, cache):
    """The frozen sentence teacher's embedding of each sentence of the corpora, by (document, sentence); kept in `cache` between runs."""
    sentences = [sentence.text for document in documents for sentence in document.sentences]
    if not os.path.exists(cache) or len(np.load(cache)) != len(sentences):
        np.save(cache, minilm_sentences(os.path.join(minilm, "model.safetensors"), [vocabulary.sentence(text) for text in sentences]).half().numpy())
    flat = iter(torch.from_numpy(np.load(cache)).float())
    return [[next(flat) for _ in document.sentences] for document in documents]


def build(labels, table, profile):
    return Network(table, SHAPES, SIZES[profile], {k: len(labels[k]) for k in ("upos", "xpos", "lemma", "names", "kinds", "deprels")})


def load(directory, table, profile):
    """A trained network with its labels."""
    labels = read_labels(os.path.join(directory, "labels.json"))
    network = build(labels, table, profile)
    network.load_state_dict(state_of(directory, network))
    Linear.rounded = True                # as it was when these weights were chosen
    return network.eval(), labels


def state_of(directory, network):
    """The weights of a run, or of a published profile."""
    path = os.path.join(directory, "network.pt")
    return torch.load(path, weights_only=True) if os.path.exists(path) else published(directory, network)


def read_corpora(directory, silver, tokeniser):
    """Documents to learn from, and those to choose by."""
    at = lambda name: os.path.join(directory, name)
    ewt = lambda part: read_treebank(at(f"ewt-{part}.conllu"), read_names(at(f"uner-ewt-{part}.iob2")))
    train = {"ewt": ewt("train"), "gum": read_treebank(at("gum-train-free.conllu"))}
    for document in train["ewt"]:
        document.trust = MARKED_BY_UNER
    with open(silver, encoding="utf8") as file:
        for name, spans in json.load(file).items():
            take_silver(train[name], spans)
    own = [d for path in own_texts() for d in read_marked(path, tokeniser)]
    train["news"] = [d for i, d in enumerate(own) if i % HELD_OUT]
    return train, {"ewt-dev": ewt("dev"), "gum-dev": read_treebank(at("gum-dev.conllu")), "news-dev": own[::HELD_OUT]}


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
    for name in ("corpora", "minilm", "silver", "tokeniser", "out"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--profile", choices=list(SIZES), default="accurate")
    parser.add_argument("--teacher", help="directory of the network to distil from")
    parser.add_argument("--start", help="directory of weights to go on from")
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--pace", type=float, default=1.0, help="factor of the learning rates; less than 1 to polish weights that are good")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--checks", type=int, default=4, help="how often to look at dev")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)

    vocabulary = Vocabulary(os.path.join(options.minilm, "tokenizer.json"))
    weights = os.path.join(options.minilm, "model.safetensors")
    table = Table(weights, vocabulary.rows)
    train, dev = read_corpora(options.corpora, options.silver, options.tokeniser)
    documents = [document for part in train.values() for document in part]
    print({name: sum(len(s.words) for d in part for s in d.sentences) for name, part in train.items()}, flush=True)
    teacher, labels = load(options.teacher, table, "accurate") if options.teacher else (None, make_labels(train["ewt"] + train["gum"]))
    write_atomically(os.path.join(options.out, "labels.json"),
                     json.dumps(contract_labels(labels, SIZES[options.profile]), ensure_ascii=False, indent=1) + "\n")
    write_atomically(os.path.join(options.out, "vocab.txt"), "\n".join(vocabulary.pieces) + "\n")
    taught = taught_embeddings(documents, vocabulary, options.minilm, os.path.join(options.out, "taught.npy"))
    network = build(labels, table, options.profile)
    if options.start:
        go_on(network, state_of(options.start, network))
    elif teacher is not None:
        pruned(teacher, network)
    else:
        network.trunk.load(weights)
    Run(options, network, teacher, labels, vocabulary, dev).train(documents, taught)


def go_on(network, theirs):
    """Takes over what has kept its name and shape."""
    ours = network.state_dict()
    network.load_state_dict({key: theirs[key] if key in theirs and theirs[key].shape == value.shape else value for key, value in ours.items()})


class Run:
    """One training run, with its clock and its log."""

    def __init__(self, options, network, teacher, labels, vocabulary, dev):
        self.options, self.network, self.teacher, self.labels, self.vocabulary, self.dev = options, network, teacher, labels, vocabulary, dev
        self.random, self.targets, self.average = random.Random(options.seed), Targets(labels), Average(network)
        self.trunk = [p for p in network.trunk.parameters() if p.requires_grad]
        self.heads = [p for name, p in network.named_parameters() if not name.startswith("trunk.")]
        self.rates = (TRUNK_RATE * options.pace, HEAD_RATE * options.pace)
        groups = [{"params": part, "lr": rate} for part, rate in zip((self.trunk, self.heads), self.rates)]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        Linear.rounded = False
        self.started, self.steps, self.n_words, self.passes, self.best = time.time(), 0, 0, 0, 0.0

    def used(self):
        return (time.time() - self.started) / (self.options.minutes * 60)

    def log(self, text):
        print(f"{time.time() - self.started:6.0f}s step {self.steps} pass {self.passes} words {self.n_words} {text}", flush=True)

    def train(self, documents, taught):
        recent, checked = Counter(), 0
        self.network.train()
        while self.used() < 1:
            self.passes += 1
            for batch in batches(documents, self.vocabulary, self.random):
                if self.used() >= 1:
                    break
                if not Linear.rounded and self.used() > ROUNDED_FROM:
                    self.even_out(documents)
                    Linear.rounded, self.best = True, 0.0
                recent.update({k: v / 50 for k, v in self.step(documents, taught, batch).items()})
                if self.steps % 50 == 0:
                    self.log(" ".join(f"{k} {v:.3f}" for k, v in recent.items()))
                    recent.clear()
                if self.used() * self.options.checks >= checked + 1:
                    checked += 1
                    self.check()
        self.check()

    def even_out(self, documents):
        """Watches some windows to see which channels are large."""
        Linear.watched = True
        self.network.eval()
        for batch in batches(documents, self.vocabulary, self.random)[:12]:
            windows = [varied(documents[d], numbers, self.random) for d, numbers in batch]
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                self.network(**{k: torch.from_numpy(v) for k, v in arrays(windows, self.vocabulary).items()})
        Linear.watched = False
        self.network.train()
        for module in self.network.modules():
            if isinstance(module, Linear):
                module.settle()

    def step(self, documents, taught, batch):
        for group, rate in zip(self.optimizer.param_groups, self.rates):
            group["lr"] = rate * min(1, (self.steps + 1) / WARM_UP) * max(0.01, 1 - self.used())
        windows = [varied(documents[d], numbers, self.random) for d, numbers in batch]
        inputs = {k: torch.from_numpy(v) for k, v in arrays(windows, self.vocabulary).items()}
        hidden = torch.from_numpy(hide(inputs["pieces"].numpy(), self.random))
        target = self.targets.batch(windows, inputs["first"].shape[1])
        target["trust"] = torch.tensor([[documents[d].trust] for d, _ in batch]).expand(target["sentence"].shape)
        wanted = torch.stack([taught[d][s] for d, numbers in batch for s in numbers])
        parts = losses(self.network, self.teacher, inputs, hidden, target, wanted)
        self.optimizer.zero_grad(set_to_none=True)
        sum(weight(k) * v for k, v in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.trunk + self.heads, 1.0)
        self.optimizer.step()
        self.average.update()
        self.steps += 1
        self.n_words += int((target["sentence"] >= 0).sum())
        return {k: float(v.detach()) for k, v in parts.items()}

    def check(self):
        """Dev figures of the averaged weights, which are kept if they are the best so far."""
        self.average.swap()
        self.network.eval()
        score = 0.0
        for name, documents in self.dev.items():
            answers = annotate(self.network, self.labels, self.vocabulary, documents)
            result = marked_figures(documents, answers) if name == "news-dev" else figures(documents, answers)
            score += result["all kinds"] if name == "news-dev" else result["las"] + (result["names"] if name == "ewt-dev" else 0)
            self.log(f"{name} {show(result)}")
        if score > self.best:
            self.best = score
            write_atomically(os.path.join(self.options.out, "network.pt"), self.network.state_dict())
        self.network.train()
        self.average.swap()


def hide(pieces, random_):
    generator = np.random.default_rng(random_.getrandbits(32))
    hidden = (generator.random(pieces.shape) < MASKED) & (pieces > MASK)
    return np.where(hidden, MASK, pieces)


def write_atomically(path, content):
    if isinstance(content, str):
        with open(path + ".new", "w", encoding="utf8") as file:
            file.write(content)
    else:
        torch.save(content, path + ".new")
    os.replace(path + ".new", path)


if __name__ == "__main__":
    main()
