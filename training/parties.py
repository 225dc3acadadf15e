"""Fits who takes part in an event: `knowledge/parties.tsv`.

    cargo xtask teach --parties WORK/parties corpus/tuning       (with the parser as it is published, after `events.py`)
    python parties.py --lessons WORK/parties --table knowledge/parties.tsv

Input:  what `cargo xtask teach --parties` wrote: for each event that is both found and marked everybody who may take part, with his traits, the network's log-odds, and whether he does.
Output: the table's rows, its comments kept: a weight for each trait and side (`constant`, and all but `weigh:`), by logistic regression with an L1 penalty on the texts that are not dev; then
        the rows `weigh:`, what the sum of the traits and the words of the network weigh, by logistic regression on dev: the network was taught by all other texts and is surer there than
        it is right. Printed: on how many events of dev all participants are right, the rows `weigh:` fitted on nine tenths of dev's texts each time and tried on the last.
Dev is every eighth text, as in `events.py`.
"""
import argparse
import json
from collections import Counter

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

SIDES = ("actor", "recipient")
SAYS = ("does", "undergoes")
# A trait met less often has no row, a weight that is less is none.
LEAST_MET, LEAST_WEIGHT = 5, .05
# What the network says of nobody: `NEVER` of candidates.rs. How sure one must be: `SURE` of parties.rs, by which events are judged here.
NOBODY, SURE = float(np.log(.005 / .995)), .4
PARTS = ("constant", "traits", "own", "other", "rival")
FOLDS, ROUNDS = 10, 4


def logistic(rows, right, penalty, c):
    """Weights and constant."""
    model = LogisticRegression(C=c, penalty=penalty, solver="liblinear", tol=1e-3, random_state=0).fit(rows, right)
    return model.coef_[0], model.intercept_[0]


def everybody(events):
    return [somebody for event in events for somebody in event["candidates"]]


# --- traits ------------------------------------------------------------------------------------------------------------------------

def fit_traits(events, c):
    """Trait → a weight for each side, and `constant`."""
    people = everybody(events)
    met = Counter(trait for somebody in people for trait in somebody["traits"])
    names = sorted(trait for trait, n in met.items() if n >= LEAST_MET)
    rows = matrix(people, {trait: i for i, trait in enumerate(names)})
    fits = [logistic(rows, [somebody[side] is not None for somebody in people], "l1", c) for side in SIDES]
    weights = np.stack([coefficients.round(2) for coefficients, _ in fits], 1)
    weights[abs(weights) < LEAST_WEIGHT] = 0
    table = {"constant": tuple(round(constant, 2) for _, constant in fits)}
    return table | {trait: tuple(own) for trait, own in zip(names, weights) if own.any()}


def matrix(people, number):
    rows, columns = zip(*((i, number[trait]) for i, somebody in enumerate(people) for trait in set(somebody["traits"]) if trait in number))
    return csr_matrix((np.ones(len(rows)), (np.array(rows, np.int32), np.array(columns, np.int32))), shape=(len(people), len(number)))


# --- traits and network --------------------------------------------------------------------------------------------------------------

def evidence(events, table):
    """For each side a row of PARTS[1:] for everybody: the sum of his traits, the network on this side and on the other, and what it says of his strongest rival for this side."""
    sides = [], []
    for event in events:
        for somebody in event["candidates"]:
            others = [other for other in event["candidates"] if other is not somebody]
            for i, rows in enumerate(sides):
                total = sum(table[trait][i] for trait in ["constant"] + somebody["traits"] if trait in table)
                rival = max((other[SAYS[i]] for other in others), default=NOBODY)
                rows.append((total, somebody[SAYS[i]], somebody[SAYS[1 - i]], rival))
    return [np.array(rows) for rows in sides]


def fit_parts(rows, events, chosen):
    """For each side the weights of PARTS[1:] and a constant, from the chosen people."""
    people = everybody(events)
    right = [np.array([somebody[side] is not None for somebody in people]) for side in SIDES]
    return [logistic(own[chosen], marks[chosen], "l2", 1) for own, marks in zip(rows, right)]


def chances(rows, fits):
    return np.stack([1 / (1 + np.exp(-(own @ weights + constant))) for own, (weights, constant) in zip(rows, fits)], 1)


def n_right(events, likely):
    """On how many events all participants are right; `likely` has a row for everybody."""
    n, at = 0, 0
    for event in events:
        own = likely[at:at + len(event["candidates"])]
        at += len(own)
        n += is_right(event, own)
    return n


def is_right(event, likely):
    found = {side: set() for side in SIDES}
    for somebody, (does, undergoes) in zip(event["candidates"], likely):
        if max(does, undergoes) >= SURE:
            side = "actor" if does >= undergoes or event["is_meeting"] else "recipient"
            found[side].add(somebody[side])
    return found == {"actor": set(range(event["n_actors"])), "recipient": set(range(event["n_recipients"]))}


def cross_validated(rows, events):
    texts = sorted({event["text"] for event in events})
    own = np.array([event["text"] for event in events for _ in event["candidates"]])
    rights = []
    for seed in range(ROUNDS):
        fold = dict(zip(np.random.RandomState(seed).permutation(texts), np.arange(len(texts)) % FOLDS))
        folds, likely = np.array([fold[text] for text in own]), np.zeros((len(own), 2))
        for i in range(FOLDS):
            fits = fit_parts(rows, events, folds != i)
            likely[folds == i] = chances([side[folds == i] for side in rows], fits)
        rights.append(n_right(events, likely))
    return np.mean(rights)


# --- the table ---------------------------------------------------------------------------------------------------------------------

def write(path, table):
    comments = [line for line in open(path, encoding="utf8") if line.startswith("#")]
    rows = [f"{trait}\t{actor:g}\t{recipient:g}\n" for trait, (actor, recipient) in sorted(table.items())]
    with open(path, "w", encoding="utf8") as out:
        out.writelines(comments + ["trait\tactor\trecipient\n"] + rows)


def lessons(path):
    """The events of dev, and of the rest."""
    parts = [], []
    for i, line in enumerate(open(path + ".jsonl", encoding="utf8")):
        parts[i % 8 > 0].extend(event | {"text": i} for event in json.loads(line)["events"])
    return parts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lessons", required=True)
    parser.add_argument("--table", required=True)
    parser.add_argument("--c", type=float, default=.45, help="how little the L1 penalty weighs")
    options = parser.parse_args()
    dev, rest = lessons(options.lessons)
    table = fit_traits(rest, options.c)
    rows = evidence(dev, table)
    fits = fit_parts(rows, dev, slice(None))
    print(f"{len(table)} traits from {len(rest)} events; of dev's {len(dev)} events all participants right: {cross_validated(rows, dev):.1f} by cross-validation, "
          f"{n_right(dev, chances(rows, fits))} on themselves")
    parts = [[constant, *weights] for weights, constant in fits]
    table |= {"weigh:" + name: (round(parts[0][i], 2), round(parts[1][i], 2)) for i, name in enumerate(PARTS)}
    write(options.table, table)


if __name__ == "__main__":
    main()
