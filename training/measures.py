"""Trains what tells what a number is of (killed, evacuated, sold, a price, a length), whom or what it counts, and as of when.

    cargo xtask teach WORK/figures --figures corpus/tuning
    python measures.py --lessons WORK/figures --out models/accurate [--epochs 30]

Input:  what `cargo xtask teach --figures` wrote: for each word of our own marked texts what the trunk makes of it and its vector in the table (the code that runs), its tree, and
        the marked figures with their measures.
Output: `measures.onnx`: states, meanings [1,W,384] and paths [1,W,W] of one sentence → measures [1,W,M], counted and moments [1,W,W] (row number, column head of the
        population or of the time; its own column: the sentence tells of none), logits that mean something in the row of a number; in the profile's `labels.json`
        the measures (`measures`); paths are those of `events.onnx` (`ways`), so that both networks read the same numbers.
Seeded; every eighth text is kept out of training to choose by (`dev`).
"""
import argparse
import json
import os
from collections import Counter

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from events import ATTENTION_HEADS, GIVEN, IGNORED, ROLE, STATE, WAYS, Codes, Layer, Reader, Tree, fitted, lessons_of, read_words, row, save, shape_of

# A measure that is marked less often than this is not taught: its numbers are left to the tables.
OFTEN = 3
NUMBER_NOUNS = "dozen score hundred thousand million billion trillion crore lakh".split()


class Sentence:
    """One sentence: what is known of its words, and the measure of each figure at the word that is the number."""

    def __init__(self, lesson, tree, numbers, first, end, ways, known):
        n = end - first
        self.numbers = torch.from_numpy(numbers[first:end])
        self.paths = torch.tensor([[ways(tree.way(a, b)) for b in range(first, end)] for a in range(first, end)], dtype=torch.long).view(n, n)
        self.measures, self.counted, self.moments = torch.full((n,), IGNORED), torch.full((n,), IGNORED), torch.full((n,), IGNORED)
        self.marked = []
        for figure in lesson["figures"]:
            words = [word - first for word in figure["words"] if first <= word < end]
            if words:
                at = number_of(lesson, words, first)
                self.counted[at] = head_of(lesson, figure["population"], at, first, end)
                self.moments[at] = head_of(lesson, figure["as_of"], at, first, end)
                self.marked.append((at, figure["measure"], int(self.counted[at]), int(self.moments[at])))
                if figure["measure"] in known:
                    self.measures[at] = known[figure["measure"]]


def head_of(lesson, words, number, first, end):
    """The highest of these words in the sentence, the number itself where there are none; of words in another sentence nothing is taught."""
    if words is None or any(not first <= word < end for word in words):
        return IGNORED
    inside = set(words)
    return next((word - first for word in words if lesson["heads"][word] not in inside), number)


def number_of(lesson, words, first):
    """The word that is the number, as `crates/variorum-language/src/measures.rs` sees it."""
    is_number = lambda word: lesson["tags"][word] == "NUM" or lesson["tags"][word] == "NOUN" and lesson["lemmas"][word] in NUMBER_NOUNS
    return next((word for word in words if is_number(word + first)), words[0])


def sentences(base, ways, measures):
    lessons = lessons_of(base)
    place, known = {way: i for i, way in enumerate(ways)}, {measure: i for i, measure in enumerate(measures)}
    number = lambda way: place[way] if way in place else place[shape_of(way)]
    n_words = sum(len(lesson["words"]) for lesson in lessons)
    numbers = np.fromfile(base + ".f32", dtype=np.float32).reshape(n_words, 2 * STATE)
    texts, at = [], 0
    for lesson in lessons:
        n, tree, of = len(lesson["words"]), Tree(lesson), lesson["sentences"]
        own = numbers[at:at + n]
        at += n
        starts = [i for i in range(n) if i == 0 or of[i] != of[i - 1]] + [n]
        texts.append([Sentence(lesson, tree, own, a, b, number, known) for a, b in zip(starts, starts[1:])])
    return texts


class Measurer(Reader):
    def __init__(self, n_ways, n_measures, n_layers, width):
        super().__init__()
        self.near = nn.Embedding(n_ways, ATTENTION_HEADS)
        nn.init.zeros_(self.near.weight)
        self.state, self.meaning = nn.Linear(STATE, width), nn.Linear(STATE, width)
        self.layers, self.norm = nn.ModuleList([Layer(width) for _ in range(n_layers)]), nn.LayerNorm(width)
        self.measure = nn.Linear(width, n_measures)
        # From a number to whom it counts, and to when.
        self.number, self.pointed = nn.Linear(width, 2 * ROLE), nn.Linear(width, 2 * ROLE)
        self.way, self.by_way = nn.Embedding(n_ways, WAYS), nn.Linear(width, 2 * WAYS)
        self.drop = nn.Dropout(0.3)

    def forward(self, states, meanings, paths, mask):
        x = self.read(states, meanings, paths, mask)
        numbers, pointed = self.number(x).split(ROLE, -1), self.pointed(x).split(ROLE, -1)
        ways = (part @ self.way.weight.T for part in self.by_way(x).split(WAYS, -1))
        counted, moments = (a @ b.transpose(1, 2) * ROLE ** -0.5 + way.gather(2, paths) + mask[:, 0] for a, b, way in zip(numbers, pointed, ways))
        return self.measure(x), counted, moments


def batch(rows):
    """Sentences side by side, padded."""
    n = max(len(row.measures) for row in rows)
    numbers, labels = torch.zeros(len(rows), n, 2 * STATE), torch.full((3, len(rows), n), IGNORED)
    mask, paths = torch.full((len(rows), 1, 1, n), -1e4), torch.zeros(len(rows), n, n, dtype=torch.long)
    for i, row in enumerate(rows):
        k = len(row.measures)
        numbers[i, :k], mask[i, :, :, :k], paths[i, :k, :k] = row.numbers, 0, row.paths
        labels[:, i, :k] = torch.stack((row.measures, row.counted, row.moments))
    return (numbers[..., :STATE], numbers[..., STATE:], paths, mask), labels


@torch.no_grad()
def right(model, texts, measures):
    """Of the marked numbers how many get their measure, their population, their time, each with of how many."""
    n_right, n = [0, 0, 0], [0, 0, 0]
    for text in texts:
        for row in text:
            if not row.marked:
                continue
            best = [answer[0].argmax(-1) for answer in model(*batch([row])[0])]
            for at, measure, counted, moment in row.marked:
                for i, (mine, wanted) in enumerate(((measures[int(best[0][at])], measure), (int(best[1][at]), counted), (int(best[2][at]), moment))):
                    if wanted != IGNORED:
                        n_right[i], n[i] = n_right[i] + (mine == wanted), n[i] + 1
    return "  ".join(f"{name} {r / max(k, 1):.3f} ({r} of {k})" for name, r, k in zip(("measure", "population", "as-of"), n_right, n))


def loss_of(model, rows):
    """Each answer counts as much as the numbers for which it is marked."""
    given, wanted = batch(rows)
    losses = [F.cross_entropy(answer.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="sum", label_smoothing=smoothing)
              for answer, labels, smoothing in zip(model(*given), wanted, (0.05, 0.0, 0.0))]
    return sum(losses) / max(int((wanted[0] != IGNORED).sum()), 1)


def train(texts, dev, n_ways, measures, options):
    rows = sorted((row for text in texts for row in text if row.marked), key=lambda row: len(row.measures))
    torch.manual_seed(options.seed)
    model = Measurer(n_ways, len(measures), options.layers, options.width)
    return fitted(model, rows, loss_of, lambda title, model: print(f"{title}  {right(model, dev, measures)}", flush=True), options)


def exported(model, n_measures):
    g = Codes()
    x = read_words(g, model)
    g.node("Identity", g.linear("measure", x, model.measure), name="measures")
    numbers = g.split(g.linear("number", x, model.number), [ROLE] * 2, ["number.counted", "number.moment"])
    pointed = g.split(g.linear("pointed", x, model.pointed), [ROLE] * 2, ["pointed.counted", "pointed.moment"])
    by_way = g.split(g.linear("by_way", x, model.by_way), [WAYS] * 2, ["by_way.counted", "by_way.moment"])
    ways, factor = g.constant("ways", model.way.weight.detach().numpy().T.copy()), g.constant("factor", np.float32([ROLE ** -0.5]))
    for name, a, b, way in zip(("counted", "moments"), numbers, pointed, by_way):
        met = g.node("Mul", g.node("MatMul", a, g.node("Transpose", b, perm=[0, 2, 1])), factor)
        g.node("Add", met, g.node("GatherElements", g.node("MatMul", way, ways), "paths", axis=2), name=name)
    return g.model(GIVEN, [row("measures", n_measures), row("counted", "W"), row("moments", "W")])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lessons", required=True)
    parser.add_argument("--out", required=True, help="a profile's folder, with its labels.json")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--layers", type=int, default=1)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(2)
    counts = Counter(figure["measure"] for lesson in lessons_of(options.lessons) for figure in lesson["figures"])
    measures = sorted(measure for measure, n in counts.items() if n >= OFTEN)
    with open(os.path.join(options.out, "labels.json"), encoding="utf8") as file:
        ways = json.load(file)["ways"]
    texts = sentences(options.lessons, ways, measures)
    dev, rest = texts[::8], [text for i, text in enumerate(texts) if i % 8]
    model = train(rest, dev, len(ways), measures, options)
    save(exported(model, len(measures)), "measures.onnx", options.out, measures=measures)


if __name__ == "__main__":
    main()
