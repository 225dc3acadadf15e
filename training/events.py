"""Trains what finds events: which word names a happening of which type, whether it happened, who did it and who underwent it.

    cargo xtask teach WORK/tuning corpus/tuning            (the same for corpus/held-out, to measure)
    python events.py --lessons WORK/tuning [--measure WORK/held-out] --out models/accurate [--epochs 24]

Input:  what `cargo xtask teach` wrote: for each word of our own marked texts what the trunk makes of it and its vector in the table (the code that runs), with the marks.
Output: `events.onnx`: states, meanings [1,W,384] of one sentence → types [1,W,20], statuses [1,W,7], doers [1,W,W], undergoers [1,W,W] (row trigger, column participant), logits.
A trigger's label stands at its highest word; its other words count neither way. A participant is right at any mention of him in the sentence.
Seeded; every eighth text is kept out of training to choose by (`dev`).
"""
import argparse
import json
import os
import random
import time

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
STATE, WIDTH, ROLE, ATTENTION_HEADS = 384, 192, 64, 6
IGNORED = -100


# --- lessons ----------------------------------------------------------------------------------------------------------------------

class Sentence:
    """One sentence: what is known of its words, and what is marked at them."""

    def __init__(self, lesson, numbers, first, end):
        self.first, self.numbers = first, torch.from_numpy(numbers[first:end])
        n = end - first
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


def sentences(base):
    lessons = [json.loads(line) for line in open(base + ".jsonl", encoding="utf8")]
    n_words = sum(len(lesson["words"]) for lesson in lessons)
    numbers = np.fromfile(base + ".f32", dtype=np.float32).reshape(n_words, 2 * STATE)
    texts, at = [], 0
    for lesson in lessons:
        n = len(lesson["words"])
        own, of = numbers[at:at + n], lesson["sentences"]
        at += n
        starts = [i for i in range(n) if i == 0 or of[i] != of[i - 1]] + [n]
        texts.append([Sentence(lesson, own, a, b) for a, b in zip(starts, starts[1:])])
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

    def forward(self, x, mask):
        B, W, D = x.shape
        query, key, value = (part.view(B, W, ATTENTION_HEADS, -1).transpose(1, 2) for part in self.all(self.norm1(x)).split(D, -1))
        scores = query @ key.transpose(-1, -2) * (D // ATTENTION_HEADS) ** -0.5 + mask
        x = x + self.drop(self.out((scores.softmax(-1) @ value).transpose(1, 2).reshape(B, W, D)))
        return x + self.drop(self.down(F.gelu(self.up(self.norm2(x)))))


class Finder(nn.Module):
    def __init__(self):
        super().__init__()
        self.state, self.meaning = nn.Linear(STATE, WIDTH), nn.Linear(STATE, WIDTH)
        self.layer, self.norm = Layer(WIDTH), nn.LayerNorm(WIDTH)
        self.kind, self.status = nn.Linear(WIDTH, len(TYPES)), nn.Linear(WIDTH, len(STATUSES))
        self.trigger, self.participant = nn.Linear(WIDTH, 2 * ROLE), nn.Linear(WIDTH, 2 * ROLE)
        self.drop = nn.Dropout(0.3)

    def forward(self, states, meanings, mask):
        x = F.gelu(self.state(self.drop(states)) + self.meaning(self.drop(meanings)))
        x = self.drop(self.norm(self.layer(self.drop(x), mask)))
        triggers, participants = self.trigger(x).split(ROLE, -1), self.participant(x).split(ROLE, -1)
        doers, undergoers = (t @ p.transpose(1, 2) * ROLE ** -0.5 - 1.0 for t, p in zip(triggers, participants))
        return self.kind(x), self.status(x), doers, undergoers


def batch(rows):
    """Sentences side by side, padded."""
    n = max(len(row.types) for row in rows)
    numbers = torch.zeros(len(rows), n, 2 * STATE)
    types, statuses = torch.full((len(rows), n), IGNORED), torch.full((len(rows), n), IGNORED)
    mask = torch.full((len(rows), 1, 1, n), -1e4)
    for i, row in enumerate(rows):
        k = len(row.types)
        numbers[i, :k], types[i, :k], statuses[i, :k], mask[i, :, :, :k] = row.numbers, row.types, row.statuses, 0
    return numbers[..., :STATE], numbers[..., STATE:], mask, types, statuses


def loss_of(model, rows):
    states, meanings, mask, types, statuses = batch(rows)
    type_, status, doers, undergoers = model(states, meanings, mask)
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
            states, meanings, mask, _, _ = batch([row])
            type_, status, doers, undergoers = (answer[0] for answer in model(states, meanings, mask))
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


def train(texts, dev, options):
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    rows = sorted((row for text in texts for row in text), key=lambda row: len(row.types))
    batches = [rows[i:i + options.batch] for i in range(0, len(rows), options.batch)]
    model = Finder()
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
            show(f"epoch {epoch + 1:3} {time.time() - start:5.0f} s  loss {total / len(batches):.3f}", averaged(average), dev)
    return averaged(average)


def averaged(state):
    model = Finder()
    model.load_state_dict(state)
    return model.eval()


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


def exported(model):
    g, width = Codes(), WIDTH // ATTENTION_HEADS
    x = g.node("Gelu", g.node("Add", g.linear("state", "states", model.state), g.linear("meaning", "meanings", model.meaning)))
    shape = g.numbers("by_head", 1, -1, ATTENTION_HEADS, width)
    parts = g.split(g.linear("all", g.norm("norm1", x, model.layer.norm1), model.layer.all), [WIDTH] * 3, ["query", "key", "value"])
    query, key, value = (g.node("Reshape", part, shape) for part in parts)
    query, value, key = (g.node("Transpose", part, perm=perm) for part, perm in ((query, [0, 2, 1, 3]), (value, [0, 2, 1, 3]), (key, [0, 2, 3, 1])))
    scores = g.node("Softmax", g.node("Mul", g.node("MatMul", query, key), g.constant("width", np.float32([width ** -0.5]))), axis=-1)
    context = g.node("Reshape", g.node("Transpose", g.node("MatMul", scores, value), perm=[0, 2, 1, 3]), g.numbers("together", 1, -1, WIDTH))
    x = g.node("Add", x, g.linear("out", context, model.layer.out))
    inner = g.node("Gelu", g.linear("up", g.norm("norm2", x, model.layer.norm2), model.layer.up))
    x = g.norm("norm", g.node("Add", x, g.linear("down", inner, model.layer.down)), model.norm)
    for name, layer in (("types", model.kind), ("statuses", model.status)):
        g.node("Identity", g.linear(name, x, layer), name=name)
    triggers = g.split(g.linear("trigger", x, model.trigger), [ROLE] * 2, ["trigger.does", "trigger.undergoes"])
    participants = g.split(g.linear("participant", x, model.participant), [ROLE] * 2, ["participant.does", "participant.undergoes"])
    factor, shift = g.constant("factor", np.float32([ROLE ** -0.5])), g.constant("shift", np.float32([1.0]))
    for name, t, p in zip(("doers", "undergoers"), triggers, participants):
        g.node("Sub", g.node("Mul", g.node("MatMul", t, g.node("Transpose", p, perm=[0, 2, 1])), factor), shift, name=name)
    floats = TensorProto.FLOAT
    row = lambda name, *more: (name, floats, [1, "W", *more])
    return g.model([row("states", STATE), row("meanings", STATE)],
                   [row("types", len(TYPES)), row("statuses", len(STATUSES)), row("doers", "W"), row("undergoers", "W")])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lessons", required=True)
    parser.add_argument("--measure")
    parser.add_argument("--out")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(2)
    texts = sentences(options.lessons)
    dev, rest = texts[::8], [text for i, text in enumerate(texts) if i % 8]
    model = train(rest, dev, options)
    if options.measure:
        show("measured", model, sentences(options.measure))
    if options.out:
        onnx.save(exported(model), os.path.join(options.out, "events.onnx"))


if __name__ == "__main__":
    main()
