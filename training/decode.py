"""From words to sentences, trees, names and lemmas, as the runtime does it.

Input: documents with gold words and paragraph breaks. Output: for each document `Answer`s in word order.
Limits: quadratic in a sentence's length for the common case, cubic where greedy heads make a cycle.
"""
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch

from corpora import apply_script
from windows import WINDOW_PIECES, Window, arrays

DRAWN = 0.5                       # how far a proper noun is drawn towards the document's mean of it


@dataclass
class Answer:
    upos: str
    xpos: str
    lemma: str
    kind: str
    name: str
    ends: bool
    head: int = -1           # index in the document, -1 for a root
    deprel: str = ""


def annotate(network, labels, vocabulary, documents, gold_sentences=False):
    """Answers for each document."""
    return [reader.answers for reader in read(network, labels, vocabulary, documents, gold_sentences)]


def read(network, labels, vocabulary, documents, gold_sentences=False, batch=12):
    """Finished readers. Windows of all documents go through the network together, round by round."""
    readers = [Reader(document, vocabulary) for document in documents]
    while active := [reader for reader in readers if not reader.done()]:
        for at in range(0, len(active), batch):
            some = active[at:at + batch]
            windows = [reader.next_window() for reader in some]
            with torch.no_grad():
                tensors = {k: torch.from_numpy(v) for k, v in arrays(windows, vocabulary).items()}
                out = {k: v.float().numpy() for k, v in network(**tensors).items()}
            for b, reader in enumerate(some):
                reader.take({k: v[b] for k, v in out.items()}, network, labels, gold_sentences)
    for reader in readers:
        reader.take_names(labels["names"])
    return readers


class Reader:
    """A document being read window by window."""

    def __init__(self, document, vocabulary):
        self.words, self.breaks, self.gold_ends = [], set(), set()
        for sentence in document.sentences:
            if sentence.starts_paragraph:
                self.breaks.add(len(self.words))
            self.words += sentence.words
            self.gold_ends.add(len(self.words) - 1)
        self.sizes = [len(vocabulary.word(word.text)) for word in self.words]
        self.answers, self.names, self.similarities, self.at = [], [], [], 0

    def done(self):
        return self.at >= len(self.words)

    def next_window(self):
        end, size, last_break = self.at, 2, None
        while end < len(self.words) and (end == self.at or size + self.sizes[end] + (end in self.breaks) <= WINDOW_PIECES):
            if end in self.breaks and end > self.at:
                size, last_break = size + 1, end
            size += self.sizes[end]
            end += 1
        if end < len(self.words) and last_break and end not in self.breaks:
            end = last_break
        self.end = end
        starts = [self.at, *sorted(b for b in self.breaks if self.at < b < end), end]
        return Window([self.words[a:b] for a, b in zip(starts, starts[1:])], [True] * (len(starts) - 1))

    def take(self, out, network, labels, gold_sentences):
        n = self.end - self.at
        whole = self.end == len(self.words) or self.end in self.breaks
        says = (lambda i: self.at + i in self.gold_ends) if gold_sentences else (lambda i: out["ends"][i + 1] > 0)
        ends = [i for i in range(n) if says(i) or self.at + i + 1 in self.breaks]
        if whole and (not ends or ends[-1] != n - 1):
            ends.append(n - 1)
        if not whole:
            ends = [e for e in ends if e < n - 1] or [n - 1]      # the cut sentence is read again
        base, start = self.at, 0
        for end in ends:
            self.answers += sentence_answers(self.words[base + start:base + end + 1], out, start, base, network, labels)
            self.names.append(out["names"][start + 1:end + 2])
            self.similarities.append(out["similarity"][start + 1:end + 2].mean(0))
            start = end + 1
        self.at = base + start

    def take_names(self, labels, shift=0.0):
        """Names of the whole document, sentence by sentence; `shift` is added to every word's scores."""
        scores = np.concatenate(self.names) + shift if self.names else np.zeros((0, len(labels)))
        draw_together(scores, labels, self.words, self.answers)
        at = 0
        for rows in self.names:
            for answer, name in zip(self.answers[at:], best_names(scores[at:at + len(rows)], labels)):
                answer.name = name
            at += len(rows)


def sentence_answers(words, out, start, base, network, labels):
    rows = np.arange(start + 1, start + len(words) + 1)
    pick = lambda key: [labels[key][i] for i in out[key][rows].argmax(-1)]
    lemma_order = np.argsort(-out["lemma"][rows], axis=-1)
    lemmas = [lemma_of(word.text, labels["lemma"], order) for word, order in zip(words, lemma_order)]
    answers = [Answer(*said, name="O", ends=False) for said in zip(pick("upos"), pick("xpos"), lemmas, pick("kinds"))]
    answers[-1].ends = True
    heads = tree(out["arcs"][np.ix_(rows, np.concatenate([[0], rows]))])
    columns = np.concatenate([[0], rows])[heads]
    with torch.no_grad():
        pair = torch.from_numpy(out["dependents"][rows]), torch.from_numpy(out["heads"][columns])
        relations = network.relations(*pair).float().numpy()
    root = labels["deprels"].index("root")
    relations[:, root] = -1e9
    for answer, head, relation in zip(answers, heads, relations.argmax(-1)):
        answer.head = -1 if head == 0 else base + start + int(head) - 1
        answer.deprel = "root" if head == 0 else labels["deprels"][relation]
    return answers


def lemma_of(text, scripts, order):
    return next((made for i in order if (made := apply_script(text, scripts[i])) is not None), text.lower())


def draw_together(scores, labels, words, answers):
    """Draws the scores of each proper noun towards what the same word is elsewhere in the document (crates/variorum-language/src/names.rs)."""
    kinds = sorted({label[2:] for label in labels})
    group = np.array([kinds.index(label[2:]) for label in labels])
    likely = np.exp(scores - scores.max(1, keepdims=True)) if len(scores) else scores
    own = np.log(np.stack([likely[:, group == k].sum(1) for k in range(len(kinds))], 1) / likely.sum(1, keepdims=True) + 1e-38)
    places = defaultdict(list)
    for i, (word, answer) in enumerate(zip(words, answers)):
        if answer.upos == "PROPN":
            places[word.text.lower()].append(i)
    for rows in places.values():
        if len(rows) > 1:
            scores[rows] += DRAWN * (own[rows].mean(0) - own[rows])[:, group]


def best_names(scores, labels):
    """Best path in which I-X follows B-X or I-X."""
    allowed = np.array([[0.0 if not b.startswith("I-") or a[1:] == b[1:] else -1e9 for b in labels] for a in labels])
    best = scores[0] + np.array([-1e9 if b.startswith("I-") else 0.0 for b in labels])
    back = []
    for row in scores[1:]:
        steps = best[:, None] + allowed
        back.append(steps.argmax(0))
        best = steps.max(0) + row
    path = [int(best.argmax())]
    for row in reversed(back):
        path.append(int(row[path[-1]]))
    return [labels[i] for i in reversed(path)]


# --- trees ------------------------------------------------------------------------------------------------------------------

def tree(scores):
    """Heads (0 the root, words from 1) of the best tree with one child of the root; `scores` [n, n+1], row dependent."""
    n = len(scores)
    shifted = scores - scores.max(1, keepdims=True)
    logs = np.full((n + 1, n + 1), -1e9)
    logs[1:] = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    np.fill_diagonal(logs, -1e9)
    heads = spanning(logs)
    roots = [i for i in range(1, n + 1) if heads[i] == 0]
    if len(roots) == 1:
        return np.array(heads[1:])
    best = None
    for root in roots:
        one = logs.copy()
        one[[i for i in range(1, n + 1) if i != root], 0] = -1e9
        heads = spanning(one)
        total = sum(one[i, heads[i]] for i in range(1, n + 1))
        if best is None or total > best[0]:
            best = total, heads
    return np.array(best[1][1:])


def spanning(scores):
    """Chu-Liu/Edmonds over a dense matrix, row dependent, node 0 the root."""
    n = len(scores)
    heads = [0] + [int(scores[i].argmax()) for i in range(1, n)]
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [i for i in range(n) if i not in inside]
    m = len(outside)
    small = np.full((m + 1, m + 1), -1e9)
    small[:m, :m] = scores[np.ix_(outside, outside)]
    gain = np.array([scores[c, outside] - scores[c, heads[c]] for c in cycle])
    small[m, :m] = gain.max(0)
    enter = gain.argmax(0)
    leave_scores = scores[np.ix_(outside, cycle)]
    small[:m, m] = leave_scores.max(1)
    leave = leave_scores.argmax(1)
    small[0, :] = -1e9
    inner = spanning(small)
    out = list(heads)
    for k in range(1, m):
        out[outside[k]] = cycle[leave[k]] if inner[k] == m else outside[inner[k]]
    out[cycle[enter[inner[m]]]] = outside[inner[m]]
    return out


def find_cycle(heads):
    state = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node and not state[node]:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if node and state[node] == 1 and node in path:
            return path[path.index(node):]
        for visited in path:
            state[visited] = 2
    return None
