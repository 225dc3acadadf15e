"""Reads the corpora: documents of sentences of words, each with what the network is to say about it.

Input:  CoNLL-U (English-EWT, GUM) and IOB2 (UNER) files, and our own texts with marked names (training/news). Output: `Document`s, whose
words carry raw text, whether white space precedes it, tags, head, relation, name tags, mention kind and chain. Absent annotation is None, never "O".
A corpus that knows fewer kinds of name than we do leaves a word several tags: `names` holds those that it allows.
Example: `read_treebank("ewt-test.conllu", read_names("uner-ewt-test.iob2"))[0].sentences[0].words[0].upos`.
Limits: empty nodes are skipped; a discontinuous mention counts as its parts.
"""
import glob
import json
import os
import re
import subprocess
import unicodedata
from dataclasses import dataclass, field
from functools import cache

KINDS = ["none", "abstract", "animal", "event", "object", "organization", "person", "place", "plant", "substance", "time"]
NAME_KINDS = ["PER", "ORG", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK"]
NAMES = ["O", *(f"{at}-{kind}" for kind in NAME_KINDS for at in "BI")]
OTHER = ["NORP", "EVENT", "LAW", "PRODUCT", "WORK"]           # what UNER has as OTH, where it has it at all
MEANS = {"PER": ["PER"], "ORG": ["ORG"], "LOC": ["LOC", "FAC"], "OTH": OTHER}      # UNER's kinds in ours
NAME_OF_KIND = {"person": "PER", "organization": "ORG", "place": "LOC"}
MAYBE_OF_KIND = {"event": ["EVENT"], "object": ["PRODUCT", "WORK", "FAC"], "abstract": OTHER}
SHAPES = 17


@dataclass
class Word:
    text: str
    space: bool          # white space, or the start of the document, just before it
    upos: str
    xpos: str
    lemma: str
    head: int            # index in the sentence from 1; 0 is the root
    deprel: str
    name: str | None = None              # UNER's tag
    names: tuple | None = None           # which of our tags are right
    kind: str | None = None
    chain: int | None = None             # the entity of the mention it heads; -1 if it heads none


@dataclass
class Sentence:
    text: str
    starts_paragraph: bool
    words: list = field(default_factory=list)


@dataclass
class Document:
    id: str
    sentences: list = field(default_factory=list)
    trust: float = 1.0                   # weight of its names in learning


# --- reading ------------------------------------------------------------------------------------------------------------

def read_treebank(path, names=None):
    """Documents of a CoNLL-U file. `names`, from `read_names`, gives name tags; otherwise they come from entities, where present."""
    documents, annotated = [], False
    for comments, rows in blocks(path):
        if "newdoc id" in comments or not documents:
            documents.append(Document(comments.get("newdoc id", path)))
            annotated = "global.Entity" in comments or annotated and "newdoc id" not in comments
        document = documents[-1]
        paragraph = any(key.startswith("newpar") for key in comments)
        sentence = Sentence(comments["text"].strip(), paragraph and bool(document.sentences))
        sentence.words = words_of(rows, sentence.text)
        if names is not None:
            take_names(sentence, names.get(comments.get("sent_id")))
        if annotated:
            take_mentions(sentence, [row for row in rows if row[0].isdigit()], named=names is None)
        allow_names(sentence)
        document.sentences.append(sentence)
    return documents


def read_names(path):
    """Sentence id → [(form, tag)] of a UNER file."""
    return {comments["sent_id"]: [(row[1], row[2]) for row in rows if row[0].isdigit()] for comments, rows in blocks(path)}


def blocks(path):
    comments, rows = {}, []
    with open(path, encoding="utf8") as file:
        for line in (*file, "\n"):
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = {}, []


def words_of(rows, text):
    """The syntactic words with the characters they own; those of a multiword token share out its characters."""
    words, at, pending = [], 0, []
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            start = text.index(row[1], at)
            at = start + len(row[1])
            pending = shares(start, at, [r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last])
        elif row[0].isdigit():
            if pending:
                start, end = pending.pop(0)
            else:
                start = text.index(row[1], at)
                at = end = start + len(row[1])
            space = start == 0 or text[start - 1].isspace()
            words.append(Word(text[start:end], space, row[3], row[4], row[2], int(row[6]), row[7]))
    return words


def shares(start, end, forms):
    spans = []
    for n, form in enumerate(forms):
        after = len(forms) - 1 - n
        size = min(len(form), end - start - after) if after else end - start
        spans.append((start, start + size))
        start += size
    return spans


def take_names(sentence, tagged):
    if tagged and len(tagged) == len(sentence.words):
        for word, (_, tag) in zip(sentence.words, tagged):
            word.name = tag if tag[2:] in MEANS else "O"


def allow_names(sentence):
    """Our tags that UNER's, or GUM's entities', leave open."""
    for word in sentence.words:
        if word.name is None or word.names is not None:
            continue
        if word.name == "O":
            plain = not word.xpos.startswith("NNP") and shape_class(word.text) in (1, 5, 7)
            word.names = ("O",) if plain else ("O", *(f"{at}-{kind}" for kind in OTHER for at in "BI"))
        else:
            word.names = tuple(f"{word.name[0]}-{kind}" for kind in MEANS[word.name[2:]])


def take_silver(documents, spans):
    """A teacher's names narrow what the corpora leave open. `spans`: for each sentence in order, [first, last, kind], words from 0."""
    for sentence, found in zip((s for document in documents for s in document.sentences), spans, strict=True):
        for first, last, kind in found:
            sure = kind in ("NORP", "FAC")                    # spaCy's others are right half of the time
            for i in range(first, last + 1):
                word, tag = sentence.words[i], f"{'B' if i == first else 'I'}-{kind}"
                if word.names is not None and tag in word.names:
                    word.names = (tag,) if sure else tuple({tag, *({"O"} & set(word.names))})


# --- GUM's entities ---------------------------------------------------------------------------------------------------------

@dataclass
class Mention:
    first: int           # words first..=last, from 0
    last: int
    kind: str
    identity: str | None
    chain: int


def take_mentions(sentence, rows, named):
    mentions = mentions_of(rows)
    for word in sentence.words:
        word.kind, word.chain = "none", -1
    for mention in sorted(mentions, key=lambda m: m.first - m.last):     # the smallest mention of a head word wins
        head = sentence.words[head_of(sentence, mention)]
        head.kind, head.chain = mention.kind, mention.chain
    if named:
        take_names_of_mentions(sentence, mentions)


def mentions_of(rows):
    mentions, open_ = [], []
    for i, row in enumerate(rows):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for opens, body, closes in re.findall(r"(\()?([^()]+)(\))?", entity.group(1) if entity else ""):
            fields = body.split("-")
            if opens:
                kind = fields[1] if len(fields) > 1 and fields[1] in KINDS else "abstract"
                open_.append((fields[0], Mention(i, i, kind, "-".join(fields[7:]) or None, int(fields[0]))))
            if closes:
                found = next((k for k in range(len(open_) - 1, -1, -1) if open_[k][0] == fields[0]), None)
                if found is not None:
                    _, mention = open_.pop(found)
                    mention.last = i
                    mentions.append(mention)
    return mentions


def head_of(sentence, mention):
    inside = range(mention.first, mention.last + 1)
    return next((i for i in inside if sentence.words[i].head - 1 not in inside), mention.first)


def take_names_of_mentions(sentence, mentions):
    """Name tags as far as GUM's entities decide them: certain names, certain non-names, None for the rest."""
    words = sentence.words
    for i, word in enumerate(words):
        plain = shape_class(word.text) in (1, 5, 7) or i == 0 or word.text == "I"
        word.name = "O" if plain and not word.xpos.startswith("NNP") else None
    found = [span for mention in mentions if (span := name_span(words, mention, head_of(sentence, mention)))]
    taken = set()
    for first, last, kind in sorted(found, key=lambda span: span[0] - span[1]):
        inside = range(first, last + 1)
        if taken.isdisjoint(inside):
            taken.update(inside)
            for i in inside:
                at = "B" if i == first else "I"
                words[i].name = f"{at}-{NAME_OF_KIND[kind]}" if kind in NAME_OF_KIND else None
                if kind in MAYBE_OF_KIND:
                    words[i].names = ("O", *(f"{at}-{maybe}" for maybe in MAYBE_OF_KIND[kind]))
    for i, word in enumerate(words):
        if i not in taken and word.deprel == "nmod:desc":                # a title before a name
            word.name, word.names = "O", ("O",)


def name_span(words, mention, head):
    """First and last word of a mention's name, and its kind: its identity's words where they stand there, else the proper nouns
    around its head. "University of Texas" without an identity stays undecided."""
    if not words[head].xpos.startswith("NNP"):
        return None
    if mention.identity:
        wanted = re.sub(r"[\W_]+", "", re.sub(r"_?\(.*", "", mention.identity)).lower()
        for first in range(mention.first, head + 1):
            for last in range(head, mention.last + 1):
                if re.sub(r"\W+", "", "".join(w.text for w in words[first:last + 1])).lower() == wanted:
                    return first, last, mention.kind
    proper = lambda i: words[i].xpos.startswith("NNP") and words[i].deprel not in ("nmod:desc", "appos", "conj", "list")
    first = last = head
    joins = lambda i, beyond: words[i].text in "-." and mention.first <= beyond <= mention.last and proper(beyond)
    while first > mention.first and (proper(first - 1) or joins(first - 1, first - 2)):
        first -= 1
    while last < mention.last and (proper(last + 1) or joins(last + 1, last + 2)):
        last += 1
    if last < mention.last and words[last + 1].text == "of":
        return first, mention.last, "undecided"
    return first, last, mention.kind


# --- our own texts ----------------------------------------------------------------------------------------------------------------

def own_texts():
    """Files of our own texts, the later ones last, so that what is held out of the earlier ones stays held out."""
    news = os.path.join(os.path.dirname(os.path.abspath(__file__)), "news")
    return [path for folder in (news, os.path.join(news, "second")) for path in sorted(glob.glob(os.path.join(folder, "*.txt")))]


def read_marked(path, tokeniser):
    """Documents of a text with marked names (training/news/README.md). `tokeniser`: the crate's example program that finds words."""
    documents, texts, marks = [], [], []
    with open(path, encoding="utf8") as file:
        for line in file:
            line = line.strip()
            if line.startswith("# "):
                documents.append(Document(line[2:]))
            elif line and documents:
                plain, spans = unmarked(line)
                texts.append(plain)
                marks.append((documents[-1], spans))
    rows = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts))
    split = subprocess.run([tokeniser], input=rows, capture_output=True, text=True, encoding="utf8", check=True).stdout
    for text, (document, spans), line in zip(texts, marks, split.splitlines(), strict=True):
        words = [marked_word(text, token["start"], token["end"], spans) for token in json.loads(line)["tokens"]]
        first = bool(document.sentences)
        for sentence in rough_sentences(words):
            document.sentences.append(Sentence("".join(" " * word.space + word.text for word in sentence).strip(), first, sentence))
            first = False
    return documents


def unmarked(line):
    """`[PER Ana Ruiz] left` → `Ana Ruiz left`, [(0, 8, "PER")]."""
    plain, spans, at = "", [], 0
    for mark in re.finditer(r"\[([A-Z]+) ([^\]]*)\]", line):
        plain += line[at:mark.start()]
        spans.append((len(plain), len(plain) + len(mark[2]), mark[1]))
        plain, at = plain + mark[2], mark.end()
    return plain + line[at:], spans


def marked_word(text, start, end, spans):
    around = next(((a, kind) for a, b, kind in spans if a < end and start < b), None)
    tag = "O" if around is None else f"{'B' if start <= around[0] else 'I'}-{around[1]}"
    return Word(text[start:end], start == 0 or text[start - 1].isspace(), None, None, None, None, None, names=(tag,))


def rough_sentences(words):
    """Stretches to pack windows from; where sentences end is not learnt from them."""
    out, start = [], 0
    for i, word in enumerate(words):
        stop = word.text in (".", "?", "!", "”", '"') and i + 1 < len(words) and words[i + 1].space and words[i + 1].text[:1].isupper()
        if stop or i + 1 == len(words) or i - start >= 60:
            out.append(words[start:i + 1])
            start = i + 1
    return out


def read_labels(path):
    """`labels.json`, lemma scripts as tuples."""
    with open(path, encoding="utf8") as file:
        labels = json.load(file)
    labels["lemma"] = [(s["case"], s["strip"], s["append"]) for s in labels["lemma"]]
    return labels


# --- shapes and lemma scripts (mirrored in Rust; see models/CONTRACT.md) --------------------------------------------------------

def shape(text, space):
    return shape_class(text) + (8 if space else 0)


def shape_class(text):
    digits = [unicodedata.category(c).startswith("N") for c in text]
    letters = [c for c, digit in zip(text, digits) if c.isalpha() and not digit]
    if any(digits):
        return 6 if letters else 5
    if not letters:
        return 7
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 1
    if len(letters) == 1:
        return 2
    if all(upper):
        return 3
    return 4 if upper[0] and not any(upper[1:]) else 8


@cache
def lemma_script(text, lemma):
    """The edit (case, strip, append) from a word to its lemma. A lemma without capitals starts from the lower-cased word."""
    best = None
    for case in ("keep", "title", "lower") if lemma != lemma.lower() else ("lower",):
        base = cased(text, case)
        common = next((i for i, (a, b) in enumerate(zip(base, lemma)) if a != b), min(len(base), len(lemma)))
        script = (case, len(base) - common, lemma[common:])
        if best is None or script[1] + len(script[2]) < best[1] + len(best[2]):
            best = script
    return best


def apply_script(text, script):
    """None where the script cannot apply."""
    case, strip, append = script
    base = cased(text, case)
    return base[:len(base) - strip] + append if strip <= len(base) and (strip < len(base) or append) else None


def cased(text, case):
    return {"keep": text, "lower": text.lower(), "title": text[:1].upper() + text[1:].lower()}[case]
