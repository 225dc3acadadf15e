"""Scores coreference over the program's own mentions, from raw text, against GUM's entities.

    python score_coreference.py GOLD.conllu PREDICTIONS.jsonl [--errors N]
    python score_coreference.py --self-test

A prediction line is {"id","mentions":[{"start","end","head_start","head_end","kind","form","entity"}]}, offsets in code points of the text of
`score.py input language GOLD`. Prints CoNLL F1 (mean of MUC, B-cubed and CEAF-e; Pradhan et al. 2014) by exact span and by head word, without and
with singletons; how often pronouns are resolved to the right entity; and what goes wrong, by kind. Needs only Python 3.
"""
import argparse
import json
import sys
from collections import Counter, defaultdict

CLASSES = {
    "i me my mine myself": "I", "we us our ours ourselves": "we", "you your yours yourself yourselves": "you",
    "he him his himself she her hers herself": "he/she", "it its itself": "it", "they them their theirs themselves": "they",
    "this that these those": "this/that",
}
CLASS_OF = {word: name for words, name in CLASSES.items() for word in words.split()}


# --- the three measures ----------------------------------------------------------------------------------------------------------

def muc(gold, system):
    """Links kept: for recall, each gold chain loses one link for each piece it falls into."""
    def share(chains, others):
        of = {mention: i for i, chain in enumerate(others) for mention in chain}
        kept = total = 0
        for chain in chains:
            pieces = {of.get(mention, ("alone", mention)) for mention in chain}
            kept += len(chain) - len(pieces)
            total += len(chain) - 1
        return kept, total
    return (*share(system, gold), *share(gold, system))


def b_cubed(gold, system):
    """For each mention, how much of its chain is right."""
    def share(chains, others):
        of = {mention: i for i, chain in enumerate(others) for mention in chain}
        right = total = 0
        for chain in chains:
            pieces = Counter(of[mention] for mention in chain if mention in of)
            right += sum(n * n for n in pieces.values()) / len(chain)
            total += len(chain)
        return right, total
    return (*share(system, gold), *share(gold, system))


def ceaf_e(gold, system):
    """The best one-to-one pairing of chains, by the Dice coefficient of their mentions."""
    of = {mention: i for i, chain in enumerate(system) for mention in chain}
    overlaps = defaultdict(Counter)
    for i, chain in enumerate(gold):
        for mention in chain:
            if mention in of:
                overlaps[i][of[mention]] += 1
    total = 0.0
    for rows, columns in components(overlaps):
        weights = [[2 * overlaps[i][j] / (len(gold[i]) + len(system[j])) for j in columns] for i in rows]
        total += best_pairing(weights)
    return total, len(system), total, len(gold)


def components(overlaps):
    """Groups of gold and system chains that share mentions, so that each pairing is small."""
    by_system = defaultdict(set)
    for i, others in overlaps.items():
        for j in others:
            by_system[j].add(i)
    seen = set()
    for start in overlaps:
        if start in seen:
            continue
        rows, columns, open_ = {start}, set(), [start]
        while open_:
            for j in overlaps[open_.pop()]:
                if j not in columns:
                    columns.add(j)
                    open_.extend(by_system[j] - rows)
                    rows |= by_system[j]
        seen |= rows
        yield sorted(rows), sorted(columns)


def best_pairing(weights):
    """The largest sum of a matrix with one entry a row and a column (Kuhn-Munkres with potentials)."""
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights)]
    n, m = len(weights), len(weights[0])
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], j0 = i, 0
        least, way, used = [float("inf")] * (m + 1), [0] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    cost = -weights[i0 - 1][j - 1] - u[i0] - v[j]
                    if cost < least[j]:
                        least[j], way[j] = cost, j0
                    if least[j] < delta:
                        delta, j1 = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if match[j0] == 0:
                break
        while j0:
            match[j0], j0 = match[way[j0]], way[j0]
    return sum(weights[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])


def f1(right_system, n_system, right_gold, n_gold):
    p = right_system / n_system if n_system else 0.0
    r = right_gold / n_gold if n_gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def conll(pairs, label, out=print):
    """F1 over documents: `pairs` of gold and system chains, each a set of mentions."""
    scores = []
    for name, measure in (("MUC", muc), ("B3", b_cubed), ("CEAFe", ceaf_e)):
        sums = [sum(column) for column in zip(*(measure(gold, system) for gold, system in pairs))]
        scores.append((name, f1(*sums)))
    mean = sum(f for _, (_, _, f) in scores) / 3
    out(f"{label:34} CoNLL F1 {mean:.4f}   " + "   ".join(f"{name} {p:.3f} {r:.3f} {f:.4f}" for name, (p, r, f) in scores))
    return mean


# --- documents -----------------------------------------------------------------------------------------------------------------

def chains(mentions, key, entity, singletons):
    found = defaultdict(set)
    for mention in mentions:
        found[entity(mention)].add(key(mention))
    taken, kept = set(), []
    for chain in found.values():                       # a span stands in one chain
        chain -= taken
        taken |= chain
        if len(chain) > 1 or singletons and chain:
            kept.append(chain)
    return kept


def with_head_keys(mentions):
    """The same head word twice: the smaller is the phrase, the larger the whole."""
    smallest = {}
    for m in mentions:
        size = m["end"] - m["start"]
        if m["head_start"] not in smallest or size < smallest[m["head_start"]]:
            smallest[m["head_start"]] = size
    for m in mentions:
        m["key"] = (m["head_start"], m["end"] - m["start"] > smallest[m["head_start"]])


def figures(documents, out=print):
    results = {}
    span, head = (lambda m: (m["start"], m["end"])), (lambda m: m["key"])
    entity = lambda m: m["entity"]
    for label, key, singletons in (("exact, without singletons", span, False), ("head, without singletons", head, False),
                                   ("exact, with singletons", span, True), ("head, with singletons", head, True)):
        pairs = [(chains(gold, key, entity, singletons), chains(system, key, entity, singletons)) for _, gold, system in documents]
        results[label] = conll(pairs, label, out)
    for label, key in (("mentions, exact", span), ("mentions, head", head)):
        both = [({key(m) for m in gold}, {key(m) for m in system}) for _, gold, system in documents]
        right = sum(len(g & s) for g, s in both)
        p, r, f = f1(right, sum(len(s) for _, s in both), right, sum(len(g) for g, _ in both))
        out(f"{label:34} P {p:.4f}  R {r:.4f}  F1 {f:.4f}")
    return results


def anaphors(gold, system):
    """For each gold mention with an earlier one of its entity: (mention, outcome, system mention, what it was taken to)."""
    gold_at = {m["key"]: m for m in gold}
    system_at = {m["key"]: m for m in system}
    order = lambda m: (m["start"], -m["end"])
    by_entity = defaultdict(list)
    for m in sorted(system, key=order):
        by_entity[m["entity"]].append(m)
    seen = set()
    names_seen = set()
    for mention in sorted(gold, key=order):
        first = mention["entity"] not in seen
        seen.add(mention["entity"])
        has_name = mention["entity"] in names_seen
        if mention["form"] != "pronoun":
            names_seen.add(mention["entity"])
        found = system_at.get(mention["key"])
        earlier = [m for m in by_entity[found["entity"]] if order(m) < order(found)] if found else []
        nearest = earlier[-1] if earlier else None
        full = next((m for m in reversed(earlier) if m["form"] != "pronoun"), None)
        same = lambda m: m is not None and m["key"] in gold_at and gold_at[m["key"]]["entity"] == mention["entity"]
        if first:
            outcome = "spurious" if nearest is not None else "right"
        elif found is None:
            outcome = "no mention"
        elif nearest is None:
            outcome = "left alone"
        else:
            resolved = same(full) if full is not None else same(nearest) and not has_name
            outcome = "right" if (resolved if mention["form"] == "pronoun" else same(nearest)) else "wrong"
        yield mention, first, outcome, nearest, same(nearest)


def kind_of(mention, gold):
    words = mention["words"].lower()
    if mention["form"] == "pronoun":
        return "pronoun " + CLASS_OF.get(mention["head_word"], "other")
    earlier = [m for m in gold if m["entity"] == mention["entity"] and m["start"] < mention["start"]]
    if mention["link"] in ("appos", "pred", "disc"):
        return mention["form"] + " " + mention["link"]
    if any(m["words"].lower().removeprefix("the ") == words.removeprefix("the ") for m in earlier):
        return mention["form"] + " same words"
    if any(m["head"] == mention["head"] for m in earlier):
        return mention["form"] + " same head"
    if any(m["form"] == mention["form"] == "name" for m in earlier):
        return "name other form"
    return mention["form"] + " other head"


def report(documents, n_errors, out=print):
    outcomes, pronouns, nearest_right, examples = defaultdict(Counter), Counter(), Counter(), defaultdict(list)
    for document, gold, system in documents:
        for mention, first, outcome, taken, near in anaphors(gold, system):
            kind = ("first: " + mention["form"]) if first else kind_of(mention, gold)
            outcomes[kind][outcome] += 1
            if not first and mention["form"] == "pronoun":
                nearest_right[kind] += near
            if outcome != "right" and taken is not None:
                examples[kind, outcome].append((document["text"], mention, taken))
    total, right, near = 0, 0, 0
    for kind in sorted(k for k in outcomes if k.startswith("pronoun ")):
        n = sum(outcomes[kind].values())
        total, right, near = total + n, right + outcomes[kind]["right"], near + nearest_right[kind]
        out(f"{kind:34} {outcomes[kind]['right'] / n:.4f} of {n:5} resolved; antecedent right {nearest_right[kind] / n:.4f}   {dict(outcomes[kind])}")
    out(f"{'pronouns':34} {right / max(total, 1):.4f} of {total:5} resolved; antecedent right {near / max(total, 1):.4f}")
    third = [k for k in outcomes if k in ("pronoun he/she", "pronoun it", "pronoun they")]
    n = sum(sum(outcomes[k].values()) for k in third)
    out(f"{'pronouns of the third person':34} {sum(outcomes[k]['right'] for k in third) / max(n, 1):.4f} of {n:5} resolved")
    for kind in sorted((k for k in outcomes if not k.startswith("pronoun ")), key=lambda k: -sum(outcomes[k].values())):
        n = sum(outcomes[kind].values())
        out(f"{kind:34} {outcomes[kind]['right'] / n:.4f} of {n:5}   {dict(outcomes[kind])}")
    spans(documents, out)
    for (kind, outcome), found in sorted(examples.items()):
        if n_errors and found:
            out(f"\n{kind}, {outcome}: {len(found)}")
        for text, mention, taken in found[::max(1, len(found) // n_errors)][:n_errors] if n_errors else []:
            context = text[max(0, mention["start"] - 90):mention["start"]] + "[[" + mention["words"] + "]]" + text[mention["end"]:mention["end"] + 30]
            out(f"    …{context!r} taken to {text[taken['start']:taken['end']][:60]!r}")
    return right / max(total, 1)


def spans(documents, out):
    """How the program's mentions differ from gold ones in chains."""
    counts = Counter()
    for _, gold, system in documents:
        n = Counter(m["entity"] for m in gold)
        exact, heads = {(m["start"], m["end"]) for m in system}, {m["key"] for m in system}
        for m in gold:
            if n[m["entity"]] > 1:
                counts["exact" if (m["start"], m["end"]) in exact else "other span" if m["key"] in heads else "missing"] += 1
                if (m["start"], m["end"]) not in exact and m["key"] not in heads:
                    counts["missing: " + m["form"] + " whole" * m["whole"]] += 1
    out(f"gold mentions in chains: {dict(counts)}")


def load(gold_path, predictions):
    from entities import read
    predicted = {}
    with open(predictions, encoding="utf8") as file:
        for line in file:
            document = json.loads(line)
            predicted[document["id"]] = document["mentions"]
    documents = []
    for document in read(gold_path):
        gold = [vars(m) | {"head_word": document.text[m.head_start:m.head_end].lower()} for m in document.mentions]
        system = predicted.get(document.id, [])
        with_head_keys(gold)
        with_head_keys(system)
        documents.append(({"id": document.id, "text": document.text}, gold, system))
    return documents


# --- cases computed by hand -------------------------------------------------------------------------------------------------------

def self_test():
    """Bagga and Baldwin's and Pradhan's shapes, small enough for paper."""
    near = lambda a, b: all(abs(x - y) < 1e-9 for x, y in zip(a, b)) or sys.exit(f"{a} is not {b}")
    gold = [{1, 2, 3}, {4, 5}]
    near(f1(*muc(gold, gold)), (1, 1, 1))
    near(f1(*b_cubed(gold, gold)), (1, 1, 1))
    near(f1(*ceaf_e(gold, gold)), (1, 1, 1))
    # One wrong merge: {1,2,3,4,5}. MUC: 3 of 4 links right, all 3 found. B3: P (3·3 + 2·2)/5/5, R 1. CEAFe: 2·3/8 of 1 and of 2 chains.
    merged = [{1, 2, 3, 4, 5}]
    near(f1(*muc(gold, merged))[:2], (3 / 4, 1))
    near(f1(*b_cubed(gold, merged))[:2], (13 / 25, 1))
    near(f1(*ceaf_e(gold, merged))[:2], (6 / 8, 6 / 8 / 2))
    # One chain split and one mention too many: {1,2}, {3,9}, {4,5}.
    split = [{1, 2}, {3, 9}, {4, 5}]
    near(f1(*muc(gold, split))[:2], (2 / 3, 2 / 3))
    near(f1(*b_cubed(gold, split))[:2], ((2 + 1 / 2 + 2) / 6, (4 / 3 + 1 / 3 + 2) / 5))
    near(f1(*ceaf_e(gold, split))[:2], ((4 / 5 + 1) / 3, (4 / 5 + 1) / 2))
    near([best_pairing([[1, 2], [2, 1], [5, 5]])], [7])
    near([best_pairing([[3, 2, 0]])], [3])
    print("self-test: right")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?")
    parser.add_argument("predictions", nargs="?")
    parser.add_argument("--errors", type=int, default=0, help="examples of each kind of error")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    documents = load(options.gold, options.predictions)
    figures(documents)
    report(documents, options.errors)


if __name__ == "__main__":
    main()
