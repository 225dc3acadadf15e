"""Trains the scorer of coreference: which earlier phrase, or none, does a phrase refer back to?

    python coreference.py --pairs WORK/train --gold GUM-TRAIN.conllu --dev-pairs WORK/dev --dev-gold GUM-DEV.conllu --out models/accurate

Input:  what `cargo run --release -p variorum-language --example pairs` wrote: rows of numbers of each phrase with its candidates, from the code that
        runs. Rows tell of chains as the program had decided them, so that training goes in rounds: dump, train, dump again with the new weights.
Output: `coreference.onnx`: features [N,F] → scores [N], the numbers brought to a common scale inside. The highest of a phrase's candidates wins.
A phrase is right with any candidate of its gold entity (marginal log-likelihood; Durrett and Klein 2013); one without is right with "nothing earlier".
Seeded; some minutes on one thread. Chosen on dev only.
"""
import argparse
import json
import os
import time

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from entities import read

PRODUCTS = ("pair.product", "pair.margin", "pair.rank")


# --- data ------------------------------------------------------------------------------------------------------------------------

class Pairs:
    """Rows of all comparisons, where each begins, and which rows are right."""

    def __init__(self, path, gold_path):
        self.names = open(f"{path}.names", encoding="utf8").read().splitlines()
        self.rows = np.memmap(f"{path}.f16", dtype=np.float16, mode="r").reshape(-1, len(self.names))
        gold = {document.id: document for document in read(gold_path)}
        starts, right, weights = [0], [], []
        with open(f"{path}.jsonl", encoding="utf8") as file:
            for line in file:
                document = json.loads(line)
                entities, anaphoric = align(document["phrases"], gold[document["id"]].mentions)
                for i, phrase in enumerate(document["phrases"]):
                    candidates = phrase["candidates"]
                    hits = [c is not None and entities[i] is not None and entities[c] == entities[i] for c in candidates]
                    if not any(hits):
                        hits[0] = True
                    right.extend(hits)
                    starts.append(starts[-1] + len(candidates))
        self.starts, self.right = np.array(starts), np.array(right)
        assert len(self.rows) == starts[-1], (len(self.rows), starts[-1])

    def __len__(self):
        return len(self.starts) - 1

    def batch(self, which):
        """Rows of these comparisons, the comparison of each row, and which are right."""
        index = np.concatenate([np.arange(self.starts[i], self.starts[i + 1]) for i in which])
        of = np.repeat(np.arange(len(which)), [self.starts[i + 1] - self.starts[i] for i in which])
        return torch.from_numpy(self.rows[index].astype(np.float32)), torch.from_numpy(of), torch.from_numpy(self.right[index])


def align(phrases, mentions):
    """The gold entity of each phrase: by its span, else by its head word; none for what is no gold mention."""
    by_span = {(m.start, m.end): m for m in mentions}
    by_head = {(m.head_start, m.whole): m for m in mentions}
    exact = {id(by_span[p["start"], p["end"]]) for p in phrases if (p["start"], p["end"]) in by_span}
    entities = []
    for phrase in phrases:
        mention = by_span.get((phrase["start"], phrase["end"]))
        if mention is None:
            mention = by_head.get((phrase["head_start"], phrase["whole"]))
            if mention is None and not phrase["whole"]:
                mention = by_head.get((phrase["head_start"], True))
            if mention is not None and id(mention) in exact:
                mention = None
        entities.append(mention.entity if mention is not None else None)
    return entities, None


# --- training ---------------------------------------------------------------------------------------------------------------------

class Scorer(torch.nn.Module):
    def __init__(self, width, hidden, dropout):
        super().__init__()
        sizes = (width, hidden, hidden // 2)
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.out = torch.nn.Linear(sizes[-1], 1)
        self.dropout = torch.nn.Dropout(dropout)
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("scale", torch.ones(width))

    def forward(self, rows):
        x = (rows - self.mean) * self.scale
        for layer in self.layers:
            x = self.dropout(torch.relu(layer(x)))
        return self.out(x).squeeze(-1)


def log_sums(scores, of, n, where=None):
    """Logarithm of the sum of exponentials of each comparison's scores, over all rows or over those in `where`."""
    if where is not None:
        scores = torch.where(where, scores, torch.full_like(scores, -1e4))
    top = torch.full((n,), -1e4).scatter_reduce(0, of, scores.detach(), "amax")
    return top + torch.zeros(n).index_add(0, of, (scores - top[of]).exp()).log()


def loss_of(scores, of, right, n, cost):
    """Softmax margin: wrong answers are raised by what they cost before they compete."""
    return (log_sums(scores + cost, of, n) - log_sums(scores, of, n, right)).sum()


def costs(rows, right, of, n, options, pronoun):
    """A link where there is none, no link where there is one, a wrong link. Pronouns are seldom left alone: that costs more, by column `pronoun`."""
    none = rows[:, 0] > 0.5
    missed = torch.where(rows[:, pronoun] > 0.5, options.cost_missed_pronoun, options.cost_missed)
    new = torch.zeros(n, dtype=torch.bool).index_put((of[none & right],), torch.tensor(True))[of]
    cost = torch.where(none, missed, torch.where(new, torch.full((len(of),), options.cost_spurious), torch.full((len(of),), options.cost_wrong)))
    return torch.where(right, torch.zeros_like(cost), cost)


def blurred(columns, of, n, mean, spread, options):
    """The network's products are surer on texts it was trained on than they will be: some phrases go without, the others' are blurred."""
    noise = torch.randn(len(of), 1) * options.blur * spread * (columns != 0)
    blank = torch.rand(n)[of][:, None] < options.blank
    return torch.where(blank, mean, columns + noise)


@torch.no_grad()
def measured(model, pairs, options):
    """Loss, and F1 of links: right ones among those made and among those there are."""
    model.eval()
    loss = made = there = good = right_none = 0
    for start in range(0, len(pairs), 500):
        which = range(start, min(start + 500, len(pairs)))
        rows, of, right = pairs.batch(which)
        scores = model(rows)
        n = len(which)
        loss += float(loss_of(scores, of, right, n, 0))
        at = pairs.starts[start] 
        for i in which:
            part = slice(pairs.starts[i] - at, pairs.starts[i + 1] - at)
            best = int(scores[part].argmax())
            hit = bool(right[part][best])
            anaphoric = not bool(right[part][0])
            made += best > 0
            there += anaphoric
            good += hit and best > 0
            right_none += hit and best == 0
    model.train()
    return loss / len(pairs), 2 * good / (made + there), good / max(made, 1), good / max(there, 1)


def train(pairs, dev, options):
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    sample = np.sort(random.choice(len(pairs.rows), min(len(pairs.rows), 200_000), replace=False))
    sample = pairs.rows[sample].astype(np.float32)
    model = Scorer(len(pairs.names), options.hidden, options.dropout)
    model.mean.copy_(torch.from_numpy(sample.mean(0)))
    spread = torch.from_numpy(sample.std(0))
    products = [i for i, name in enumerate(pairs.names) if name.split(":")[0] in PRODUCTS]
    model.scale.copy_(torch.where(spread > 1e-4, 1 / spread.clamp(min=0.05), torch.zeros(())))
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=options.decay)
    steps = options.epochs * ((len(pairs) + options.batch - 1) // options.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, step / 200) * max(0.0, 1 - step / steps))
    average = {k: v.clone() for k, v in model.state_dict().items()}
    start, step = time.time(), 0
    pronoun = pairs.names.index("phrase.form:2")
    for epoch in range(options.epochs):
        total, order = 0.0, random.permutation(len(pairs))
        for at in range(0, len(order), options.batch):
            which = order[at:at + options.batch]
            rows, of, right = pairs.batch(which)
            rows[:, products] = blurred(rows[:, products], of, len(which), model.mean[products], spread[products], options)
            cost = costs(rows, right, of, len(which), options, pronoun)
            loss = loss_of(model(rows), of, right, len(which), cost)
            optimiser.zero_grad()
            (loss / len(which)).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            total, step = total + float(loss), step + 1
            kept = min(0.99, step / (step + 10))
            for k, v in model.state_dict().items():
                average[k].mul_(kept).add_(v, alpha=1 - kept)
        fast = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        loss, f, p, r = measured(model, dev, options)
        model.load_state_dict(fast)
        print(f"epoch {epoch + 1}: train {total / len(pairs):.4f}   dev {loss:.4f}   links F1 {f:.4f} P {p:.4f} R {r:.4f}   {time.time() - start:.0f} s", flush=True)
    model.load_state_dict(average)
    return model.eval()


# --- export ------------------------------------------------------------------------------------------------------------------------

def exported(model, bias):
    """Plain MatMul, Add, Relu; the scale folded into the first product. `bias` is added to "nothing earlier", the first number."""
    nodes, weights, x = [], [], "features"
    with torch.no_grad():
        layers = [(layer.weight.numpy().T.copy(), layer.bias.numpy().copy()) for layer in (*model.layers, model.out)]
        mean, scale = model.mean.numpy(), model.scale.numpy()
    layers[0] = (layers[0][0] * scale[:, None], layers[0][1] - (mean * scale) @ layers[0][0])
    for i, (matrix, offset) in enumerate(layers):
        weights += [numpy_helper.from_array(np.ascontiguousarray(matrix, dtype=np.float32), f"w{i}"), numpy_helper.from_array(offset.astype(np.float32), f"b{i}")]
        nodes += [helper.make_node("MatMul", [x, f"w{i}"], [f"product{i}"]), helper.make_node("Add", [f"product{i}", f"b{i}"], [f"sum{i}"])]
        x = f"sum{i}"
        if i + 1 < len(layers):
            nodes.append(helper.make_node("Relu", [x], [f"relu{i}"]))
            x = f"relu{i}"
    first = np.zeros((len(mean), 1), dtype=np.float32)
    first[0] = bias
    weights += [numpy_helper.from_array(first, "bias"), numpy_helper.from_array(np.array([1], dtype=np.int64), "axis")]
    nodes += [helper.make_node("MatMul", ["features", "bias"], ["none"]), helper.make_node("Add", [x, "none"], ["column"]),
              helper.make_node("Squeeze", ["column", "axis"], ["scores"])]
    info = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    graph = helper.make_graph(nodes, "variorum-coreference", [info("features", ["N", len(mean)])], [info("scores", ["N"])], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9, producer_name="variorum")
    onnx.checker.check_model(model, full_check=True)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("pairs", "gold", "dev-pairs", "dev-gold", "out"):
        parser.add_argument(f"--{name}", required=True)
    for name, value in (("epochs", 4), ("hidden", 128), ("batch", 64), ("seed", 1), ("threads", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    for name, value in (("rate", 1e-3), ("decay", 0.01), ("dropout", 0.2), ("blank", 0.4), ("blur", 1.0), ("bias", 0.0),
                        ("cost-missed", 0.9), ("cost-missed-pronoun", 2.5), ("cost-spurious", 0.1), ("cost-wrong", 0.5)):
        parser.add_argument(f"--{name}", type=float, default=value)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    pairs, dev = Pairs(options.pairs, options.gold), Pairs(options.dev_pairs, options.dev_gold)
    print(f"{len(pairs)} phrases, {len(pairs.rows)} pairs of {len(pairs.names)} numbers; dev {len(dev)}, {len(dev.rows)}", flush=True)
    model = train(pairs, dev, options)
    place = os.path.join(options.out, "coreference.onnx")
    onnx.save(exported(model, options.bias), place + ".new")
    os.replace(place + ".new", place)
    print(f"{os.path.getsize(place) / 1e3:.0f} kB  {place}")


if __name__ == "__main__":
    main()
