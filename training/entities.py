"""Reads GUM's layer of entities as spans of raw text: what `coreference.py` learns from and `score_coreference.py` measures with.

Input:  a CoNLL-U file of GUM. Output: `read(path)` → documents with `text` (the same as `score.py input language`) and `mentions`.
Example: `read("gum-dev.conllu")[0].mentions[0].entity`.
Limits: the parts of a discontinuous mention count as mentions of their own; links to split antecedents are not read.
"""
import re
from dataclasses import dataclass, field

from corpora import blocks, words_of

OPENING = re.compile(r"\((\d+(?:\[\d+/\d+\])?)-((?:[^()]|\((?!\d+(?:\[\d+/\d+\])?-)[^()]*\))*)(\))?|(\d+(?:\[\d+/\d+\])?)\)")
PRONOUN_TAGS = ("PRP", "PRP$")


@dataclass
class Mention:
    start: int
    end: int
    entity: str
    kind: str            # GUM's ten types
    link: str            # coref, ana, cata, appos, pred, disc, sgl
    head_start: int = 0
    head_end: int = 0
    form: str = ""       # name, nominal, pronoun
    head: str = ""       # the head's lemma
    words: str = ""
    whole: bool = False  # a coordination, or whatever shares its head with a smaller mention


@dataclass
class Document:
    id: str
    text: str = ""
    mentions: list = field(default_factory=list)


def read(path):
    documents = []
    for comments, rows in blocks(path):
        if "newdoc id" in comments or not documents:
            documents.append(Document(comments.get("newdoc id", path)))
            open_ = []
        document = documents[-1]
        if document.text:
            document.text += "\n\n" if any(key.startswith("newpar") for key in comments) else " "
        text = comments["text"].strip()
        take(document, len(document.text), text, rows, open_)
        document.text += text
    for document in documents:
        document.mentions.sort(key=lambda m: (m.start, -m.end))
        smallest = {}
        for mention in document.mentions:
            mention.words = document.text[mention.start:mention.end]
            known = smallest.get(mention.head_start)
            if known is None or mention.end - mention.start < known.end - known.start:
                smallest[mention.head_start] = mention
        for mention in document.mentions:
            mention.whole = smallest[mention.head_start] is not mention
    return documents


def take(document, base, text, rows, open_):
    """Adds the mentions that close in a sentence."""
    places = spans_of(rows, text)
    rows = [row for row in rows if row[0].isdigit()]
    for i, row in enumerate(rows):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for opening, body, closed, closing in OPENING.findall(entity.group(1) if entity else ""):
            if opening:
                fields = body.split("-")
                open_.append((opening, i, Mention(base + places[i][0], 0, opening.split("[")[0], fields[0], fields[5])))
            if closed or closing:
                at = next((k for k in range(len(open_) - 1, -1, -1) if open_[k][0] == (opening or closing)), None)
                if at is not None:
                    _, first, mention = open_.pop(at)
                    finish(mention, base, places, rows, first if mention.start >= base else 0, i)
                    document.mentions.append(mention)


def finish(mention, base, places, rows, first, last):
    inside = range(first, last + 1)
    head = next((i for i in inside if int(rows[i][6]) - 1 not in inside), first)
    mention.end = base + places[last][1]
    mention.head_start, mention.head_end = base + places[head][0], base + places[head][1]
    mention.head = rows[head][2].lower()
    pronoun = rows[head][3] == "PRON" or rows[head][3] == "DET"
    mention.form = "pronoun" if pronoun else "name" if rows[head][3] == "PROPN" else "nominal"


def spans_of(rows, text):
    """Where the words of a sentence stand in its text."""
    spans, at = [], 0
    for word in words_of(rows, text):
        start = text.index(word.text, at)
        at = start + len(word.text)
        spans.append((start, at))
    return spans
