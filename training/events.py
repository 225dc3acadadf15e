"""Trains what finds events: which word names a happening of which type, whether it happened, who did it and who underwent it.

    cargo xtask teach WORK/tuning corpus/tuning            (the same for corpus/held-out, to measure)
    python events.py --lessons WORK/tuning [--measure WORK/held-out] --out models/accurate [--epochs 24]

Input:  what `cargo xtask teach` wrote: for each word of our own marked texts what the trunk makes of it and its vector in the table (the code that runs), with the marks.
Output: `events.onnx`: states, meanings [1,W,384] and paths [1,W,W] of one sentence → types [1,W,20], statuses [1,W,7], doers [1,W,W], undergoers [1,W,W] (row trigger, column
        participant), logits; and in the profile's `labels.json` the ways through the tree that have a number of their own (`Tree` says how they are written).
A trigger's label stands at its highest word; its other words count neither way. A participant is right at any mention of him in the sentence.
Seeded; every eighth text is kept out of training to choose by (`dev`).
"""
import argparse
import copy
import json
import os
import random
import time
from collections import Counter

import numpy as np
import onnx
import torch
from onnx import TensorProto
from torch import nn
from torch.nn import functional as F

from export import Graph

TYPES = ("none AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT "
         "INCIDENT OFFICE STEP").split()
STATUSES = "occurred planned promised threatened possible denied hypothetical".split()
STATE, ROLE, ATTENTION_HEADS = 384, 48, 4
WAYS = 16
IGNORED = -100
# A way through the tree has a number of its own if it leads so often from a marked trigger to a mention; steps that are told, steps that are counted.
OFTEN, TOLD, COUNTED = 10, 4, 5


# --- ways through the tree ---------------------------------------------------------------------------------------------------------

class Tree:
    """The trees of a text. The way from word a to word b of one sentence is written as relations up, then relations down, the last with its preposition: "^xcomp nsubj",
    "obl:by". A long one is told by its shape: "2 3"."""

    def __init__(self, lesson):
        self.rels, heads = lesson["rels"], lesson["heads"]
        self.chains = [self.upwards(heads, word) for word in range(len(heads))]
        cases = {head: lesson["lemmas"][word] for word, head in reversed(list(enumerate(heads))) if head is not None and self.rels[word] == "case"}
        self.last = [rel + ":" + cases[word] if word in cases and rel.split(":")[0] in ("obl", "nmod") else rel for word, rel in enumerate(self.rels)]

    @staticmethod
    def upwards(heads, word):
        chain = []
        while word is not None:
            chain.append(word)
            word = heads[word]
        return chain

    def way(self, a, b):
        ups, downs = self.chains[a], self.chains[b]
        if ups[-1] != downs[-1]:
            return "apart"
        shared = 1
        while shared < min(len(ups), len(downs)) and ups[-shared - 1] == downs[-shared - 1]:
            shared += 1
        up, down = len(ups) - shared, len(downs) - shared
        if up + down > TOLD:
            return shape(up, down)
        steps = ["^" + self.rels[word] for word in ups[:up]] + [self.rels[word] for word in downs[1:down][::-1]]
        return " ".join(steps + [self.last[b]] * (down > 0))


def shape(up, down):
    return f"{min(up, COUNTED)} {min(down, COUNTED)}"


def shape_of(way):
    """The shape of a way whose steps have no number."""
    steps = way.split(" ") if way else []
    up = sum(step.startswith("^") for step in steps)
    return shape(up, len(steps) - up)


def ways_of(lessons):
    """The ways that get numbers: all shapes, then the frequent ones."""
    counts = Counter()
    for lesson in lessons:
        tree = Tree(lesson)
        for event in lesson["marked"]:
            for trigger in event["trigger"][:1]:
                counts.update(tree.way(trigger, head) for head, _ in lesson["mentions"] if lesson["sentences"][head] == lesson["sentences"][trigger])
    shapes = ["apart"] + [shape(up, down) for up in range(COUNTED + 1) for down in range(COUNTED + 1)]
    return shapes + sorted(way for way, n in counts.items() if n >= OFTEN and way not in shapes)


# --- lessons ----------------------------------------------------------------------------------------------------------------------

class Sentence:
    """One sentence: what is known of its words, and what is marked at them."""

    def __init__(self, lesson, tree, numbers, first, end, ways):
        self.first, self.numbers = first, torch.from_numpy(numbers[first:end])
        n = end - first
        self.paths = torch.tensor([[ways(tree.way(a, b)) for b in range(first, end)] for a in range(first, end)], dtype=torch.long).view(n, n)
        self.types, self.statuses = torch.zeros(n, dtype=torch.long), torch.full((n,), IGNORED)
        self.mentions = [(head - first, entity) for head, entity in lesson["mentions"] if first <= head < end]
        self.marked = []
        for event in lesson["marked"]:
            words = [word - first for word in event["trigger"] if first <= word < end]
            if not words:
                continue
            top = highest(words, lesson, first)
            self.types[[word for word in words if self.types[word] == 0]] = IGNORED
            self.types[top], self.statuses[top] = TYPES.index(event["type"]), STATUSES.index(event["status"])
            self.marked.append((top, set(words), event))
        # Who takes part, at (trigger, mention): one row of (trigger, word, does, undergoes).
        self.pairs = torch.tensor([(top, word, entity in event["actors"], entity in event["recipients"])
                                   for top, _, event in self.marked for word, entity in self.mentions if word != top], dtype=torch.long).view(-1, 4)


def highest(words, lesson, first):
    inside = set(words)
    tops = [word for word in words if (lesson["heads"][word + first] or -1) - first not in inside] or words
    return next((word for word in tops if lesson["tags"][word + first] in ("VERB", "NOUN", "PROPN", "ADJ")), tops[0])


def lessons_of(base):
    return [json.loads(line) for line in open(base + ".jsonl", encoding="utf8")]


def sentences(base, ways):
    lessons, known = lessons_of(base), {way: i for i, way in enumerate(ways)}
    number = lambda way: known[way] if way in known else known[shape_of(way)]
    n_words = sum(len(lesson["words"]) for lesson in lessons)
    numbers = np.fromfile(base + ".f32", dtype=np.float32).reshape(n_words, 2 * STATE)
    texts, at = [], 0
    for lesson in lessons:
        n, tree = len(lesson["words"]), Tree(lesson)
        own, of = numbers[at:at + n], lesson["sentences"]
        at += n
        starts = [i for i in range(n) if i == 0 or of[i] != of[i - 1]] + [n]
        texts.append([Sentence(lesson, tree, own, a, b, number) for a, b in zip(starts, starts[1:])])
    return texts


# --- network ----------------------------------------------------------------------------------------------------------------------

class Layer(nn.Module):
    """One transformer layer, written out for export: norm first."""

    def __init__(self, width):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.all, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.drop = nn.Dropout(0.2)

    def forward(self, x, bias):
        B, W, D = x.shape
        query, key, value = (part.view(B, W, ATTENTION_HEADS, -1).transpose(1, 2) for part in self.all(self.norm1(x)).split(D, -1))
        scores = query @ key.transpose(-1, -2) * (D // ATTENTION_HEADS) ** -0.5 + bias
        x = x + self.drop(self.out((scores.softmax(-1) @ value).transpose(1, 2).reshape(B, W, D)))
        return x + self.drop(self.down(F.gelu(self.up(self.norm2(x)))))


class Reader(nn.Module):
    """Words of a sentence, each read with the others along the ways of the tree."""

    def read(self, states, meanings, paths, mask):
        x = F.gelu(self.state(self.drop(states)) + self.meaning(self.drop(meanings)))
        x, bias = self.drop(x), self.near(paths).permute(0, 3, 1, 2) + mask
        for layer in self.layers:
            x = layer(x, bias)
        return self.drop(self.norm(x))


class Finder(Reader):
    def __init__(self, n_ways, n_layers, width):
        super().__init__()
        # What a way through the tree adds to attention, head by head, and what it is to who takes part.
        self.near = nn.Embedding(n_ways, ATTENTION_HEADS)
        self.way = nn.Embedding(n_ways, WAYS)
        nn.init.zeros_(self.near.weight)
        self.state, self.meaning = nn.Linear(STATE, width), nn.Linear(STATE, width)
        self.layers, self.norm = nn.ModuleList([Layer(width) for _ in range(n_layers)]), nn.LayerNorm(width)
        self.kind, self.status = nn.Linear(width, len(TYPES)), nn.Linear(width, len(STATUSES))
        self.trigger, self.participant = nn.Linear(width, 2 * ROLE), nn.Linear(width, 2 * ROLE)
        self.by_way = nn.Linear(width, 2 * WAYS)
        self.drop = nn.Dropout(0.3)

    def forward(self, states, meanings, paths, mask):
        x = self.read(states, meanings, paths, mask)
        triggers, participants = self.trigger(x).split(ROLE, -1), self.participant(x).split(ROLE, -1)
        ways = (part @ self.way.weight.T for part in self.by_way(x).split(WAYS, -1))
        doers, undergoers = (t @ p.transpose(1, 2) * ROLE ** -0.5 + way.gather(2, paths) - 1.0 for t, p, way in zip(triggers, participants, ways))
        return self.kind(x), self.status(x), doers, undergoers


def batch(rows):
    """Sentences side by side, padded."""
    n = max(len(row.types) for row in rows)
    numbers = torch.zeros(len(rows), n, 2 * STATE)
    types, statuses = torch.full((len(rows), n), IGNORED), torch.full((len(rows), n), IGNORED)
    mask, paths = torch.full((len(rows), 1, 1, n), -1e4), torch.zeros(len(rows), n, n, dtype=torch.long)
    for i, row in enumerate(rows):
        k = len(row.types)
        numbers[i, :k], types[i, :k], statuses[i, :k], mask[i, :, :, :k], paths[i, :k, :k] = row.numbers, row.types, row.statuses, 0, row.paths
    return (numbers[..., :STATE], numbers[..., STATE:], paths, mask), types, statuses


def loss_of(model, rows):
    given, types, statuses = batch(rows)
    type_, status, doers, undergoers = model(*given)
    loss = F.cross_entropy(type_.flatten(0, 1), types.flatten(), ignore_index=IGNORED, reduction="sum", label_smoothing=0.02)
    loss = loss + 0.5 * F.cross_entropy(status.flatten(0, 1), statuses.flatten(), ignore_index=IGNORED, reduction="sum")
    for i, row in enumerate(rows):
        if len(row.pairs):
            trigger, word, does, undergoes = row.pairs.unbind(1)
            loss = loss + 0.5 * F.binary_cross_entropy_with_logits(doers[i, trigger, word], does.float(), reduction="sum")
            loss = loss + 0.5 * F.binary_cross_entropy_with_logits(undergoers[i, trigger, word], undergoes.float(), reduction="sum")
    return loss / len(rows)


# --- training ---------------------------------------------------------------------------------------------------------------------

@torch.no_grad()
def measured(model, texts, threshold):
    """F1 of triggers, and of triggers with their type; of those found, how often type, status and all participants are right."""
    model.eval()
    there = made = found = typed = right_status = right_people = right_all = 0
    for text in texts:
        for row in text:
            type_, status, doers, undergoers = (answer[0] for answer in model(*batch([row])[0]))
            chance = 1 - type_.softmax(-1)[:, 0]
            triggers = {i for i in range(len(chance)) if chance[i] > threshold}
            there, hit = there + len(row.marked), set()
            for top, words, event in row.marked:
                here = [i for i in words if i in triggers]
                if not here:
                    continue
                best = max(here, key=lambda i: chance[i])
                hit.update(here)
                kind = TYPES[1 + int(type_[best, 1:].argmax())] == event["type"]
                state = STATUSES[int(status[best].argmax())] == event["status"]
                people = all(who(scores[best], row) == here_of(event[side], row) for scores, side in ((doers, "actors"), (undergoers, "recipients")))
                found, typed, right_status, right_people = found + 1, typed + kind, right_status + state, right_people + people
                right_all += kind and state and people
            made += len(triggers - hit)
    made += found
    f = lambda n: 2 * n / max(made + there, 1)
    model.train()
    return {"found": f(found), "typed": f(typed), "type": typed / max(found, 1), "status": right_status / max(found, 1),
            "people": right_people / max(found, 1), "all": right_all / max(there, 1)}


def who(scores, row):
    return {entity for word, entity in row.mentions if scores[word] > 0}


def here_of(entities, row):
    """Those of the marked participants who are mentioned in the sentence."""
    return set(entities) & {entity for _, entity in row.mentions}


def train(texts, dev, n_ways, options):
    rows = sorted((row for text in texts for row in text), key=lambda row: len(row.types))
    torch.manual_seed(options.seed)
    return fitted(Finder(n_ways, options.layers, options.width), rows, loss_of, lambda title, model: show(title, model, dev), options)


def fitted(model, rows, loss_of, show, options):
    """The model after all epochs, its weights averaged over the last steps; `show` is told now and then how it does."""
    random.seed(options.seed)
    batches = [rows[i:i + options.batch] for i in range(0, len(rows), options.batch)]
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.05)
    steps, step, start = options.epochs * len(batches), 0, time.time()
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, (step + 1) / 100) * max(0.0, 1 - step / steps))
    average = {k: v.clone() for k, v in model.state_dict().items()}
    for epoch in range(options.epochs):
        random.shuffle(batches)
        total = 0.0
        for rows in batches:
            loss = loss_of(model, rows)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            step, total = step + 1, total + float(loss)
            kept = min(0.99, step / (step + 10))
            for k, v in model.state_dict().items():
                average[k].mul_(kept).add_(v, alpha=1 - kept)
        if epoch % 4 == 3 or epoch + 1 == options.epochs:
            show(f"epoch {epoch + 1:3} {time.time() - start:5.0f} s  loss {total / len(batches):.3f}", averaged(model, average))
    return averaged(model, average)


def averaged(model, state):
    average = copy.deepcopy(model)
    average.load_state_dict(state)
    return average.eval()


def show(title, model, texts):
    for threshold in (0.4, 0.5):
        figures = measured(model, texts, threshold)
        print(f"{title} at {threshold}: " + "  ".join(f"{k} {v:.3f}" for k, v in figures.items()), flush=True)


# --- export -----------------------------------------------------------------------------------------------------------------------

class Codes(Graph):
    """A graph whose weights are kept as int8 codes with a scale a column, and read as numbers: activations are not rounded."""

    def linear(self, name, x, layer):
        weight = layer.weight.detach().numpy().T
        scale = (np.maximum(np.abs(weight).max(axis=0), 1e-12) / 127).astype(np.float32)
        codes = self.constant(f"{name}.codes", np.rint(weight / scale).astype(np.int8))
        zeros = self.constant(f"{name}.zeros", np.zeros(len(scale), dtype=np.int8))
        weight = self.node("DequantizeLinear", codes, self.constant(f"{name}.scale", scale), zeros, axis=1)
        return self.node("Add", self.node("MatMul", x, weight), self.constant(f"{name}.bias", layer.bias.detach().numpy()))


def read_words(g, model):
    """What the layers make of the words of a sentence, from `states`, `meanings` and `paths` to the last norm."""
    whole = model.norm.normalized_shape[0]
    width = whole // ATTENTION_HEADS
    x = g.node("Gelu", g.node("Add", g.linear("state", "states", model.state), g.linear("meaning", "meanings", model.meaning)))
    near = g.constant("near", model.near.weight.detach().numpy())
    bias = g.node("Transpose", g.node("Gather", near, "paths", axis=0), perm=[0, 3, 1, 2])
    shape = g.numbers("by_head", 1, -1, ATTENTION_HEADS, width)
    for i, layer in enumerate(model.layers):
        name = lambda part: f"layer{i}.{part}"
        parts = g.split(g.linear(name("all"), g.norm(name("norm1"), x, layer.norm1), layer.all), [whole] * 3, [name(part) for part in ("query", "key", "value")])
        query, key, value = (g.node("Reshape", part, shape) for part in parts)
        query, value, key = (g.node("Transpose", part, perm=perm) for part, perm in ((query, [0, 2, 1, 3]), (value, [0, 2, 1, 3]), (key, [0, 2, 3, 1])))
        scores = g.node("Mul", g.node("MatMul", query, key), g.constant(name("width"), np.float32([width ** -0.5])))
        scores = g.node("Softmax", g.node("Add", scores, bias), axis=-1)
        context = g.node("Reshape", g.node("Transpose", g.node("MatMul", scores, value), perm=[0, 2, 1, 3]), g.numbers(name("together"), 1, -1, whole))
        x = g.node("Add", x, g.linear(name("out"), context, layer.out))
        inner = g.node("Gelu", g.linear(name("up"), g.norm(name("norm2"), x, layer.norm2), layer.up))
        x = g.node("Add", x, g.linear(name("down"), inner, layer.down))
    return g.norm("norm", x, model.norm)


def row(name, *more):
    """A tensor with a row for each word."""
    return (name, TensorProto.FLOAT, [1, "W", *more])


GIVEN = [row("states", STATE), row("meanings", STATE), ("paths", TensorProto.INT32, [1, "W", "W"])]


def exported(model):
    g = Codes()
    x = read_words(g, model)
    for name, layer in (("types", model.kind), ("statuses", model.status)):
        g.node("Identity", g.linear(name, x, layer), name=name)
    triggers = g.split(g.linear("trigger", x, model.trigger), [ROLE] * 2, ["trigger.does", "trigger.undergoes"])
    participants = g.split(g.linear("participant", x, model.participant), [ROLE] * 2, ["participant.does", "participant.undergoes"])
    by_way = g.split(g.linear("by_way", x, model.by_way), [WAYS] * 2, ["by_way.does", "by_way.undergoes"])
    ways = g.constant("ways", model.way.weight.detach().numpy().T.copy())
    factor, shift = g.constant("factor", np.float32([ROLE ** -0.5])), g.constant("shift", np.float32([1.0]))
    for name, t, p, way in zip(("doers", "undergoers"), triggers, participants, by_way):
        met = g.node("Mul", g.node("MatMul", t, g.node("Transpose", p, perm=[0, 2, 1])), factor)
        led = g.node("GatherElements", g.node("MatMul", way, ways), "paths", axis=2)
        g.node("Sub", g.node("Add", met, led), shift, name=name)
    return g.model(GIVEN, [row("types", len(TYPES)), row("statuses", len(STATUSES)), row("doers", "W"), row("undergoers", "W")])


def save(network, name, profile, **labels):
    """A network, and in the profile's labels what it knows by number."""
    onnx.save(network, os.path.join(profile, name))
    path = os.path.join(profile, "labels.json")
    with open(path, encoding="utf8") as file:
        known = json.load(file)
    with open(path, "w", encoding="utf8") as file:
        json.dump({**known, **labels}, file, indent=1, ensure_ascii=False)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lessons", required=True)
    parser.add_argument("--measure")
    parser.add_argument("--out")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--width", type=int, default=160)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(2)
    ways = ways_of(lessons_of(options.lessons))
    texts = sentences(options.lessons, ways)
    dev, rest = texts[::8], [text for i, text in enumerate(texts) if i % 8]
    print(f"{len(ways)} ways", flush=True)
    model = train(rest, dev, len(ways), options)
    if options.measure:
        show("measured", model, sentences(options.measure, ways))
    if options.out:
        save(exported(model), "events.onnx", options.out, ways=ways)


if __name__ == "__main__":
    main()
