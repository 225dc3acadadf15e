"""What the network learns from: windows packed at random, varied lightly, and their labels as numbers.

Input:  documents. Output: batches of (document, sentence numbers), `Window`s, and [B,W] arrays of targets.
Limits: sentences longer than a window are left out.
"""
import os
import re
import unicodedata
from dataclasses import replace
from functools import cache

import numpy as np
import torch

from corpora import lemma_script, own_texts, shape_class
from windows import WINDOW_PIECES, Window

BATCH_PIECES = 1400
NO_LABEL = -100
LOWERED = 0.03                    # share of windows without capitals, as some write
RENAMED = 0.2                     # share of names of people, places and organizations that are exchanged


def pack(document, vocabulary, random_):
    """Cuts a document into windows of random size; yields lists of sentence numbers."""
    window, size, target = [], 2, next_target(random_)
    for i, sentence in enumerate(document.sentences):
        n = sum(len(vocabulary.word(word.text)) for word in sentence.words) + sentence.starts_paragraph
        if window and size + n > target:
            yield window
            window, size, target = [], 2, next_target(random_)
        if n <= WINDOW_PIECES:
            window.append(i)
            size += n
    if window:
        yield window


def next_target(random_):
    return 1 if random_.random() < 0.25 else random_.randint(40, WINDOW_PIECES)


def varied(document, numbers, random_):
    """A window of these sentences in one of the guises of news text: printed quotes and dashes, headlines, lost paragraph breaks."""
    sentences = [document.sentences[i].words for i in numbers]
    breaks = [document.sentences[i].starts_paragraph for i in numbers]
    if random_.random() < 0.3:
        sentences = [[replace(word, text=curled(word, nxt)) for word, nxt in zip(s, [*s[1:], None])] for s in sentences]
    if random_.random() < 0.3:
        dash = random_.choice("–—")
        lemma = "—" if dash == "—" else "-"              # as GUM has it
        dashed = lambda word: replace(word, text=dash, lemma=lemma) if word.text in ("-", "--") and word.space else word
        sentences = [[dashed(word) for word in s] for s in sentences]
    sentences = [renamed(s, random_) for s in sentences]
    if random_.random() < LOWERED:
        sentences = [[replace(word, text=word.text.lower()) for word in s] for s in sentences]
    if random_.random() < 0.2:
        breaks = [False] * len(breaks)
    for i, sentence in enumerate(sentences):
        alone = (i == 0 or breaks[i]) and (i + 1 == len(sentences) or breaks[i + 1])
        if len(sentence) <= 18 and random_.random() < (0.15 if alone else 0.02):
            sentences[i] = headline(sentence, alone, random_)
    return Window(sentences, breaks)


def renamed(sentence, random_):
    """Some people, places and organizations under other names, so that names are known by what stands around them."""
    out = list(sentence)
    for i, word in enumerate(sentence):
        if word.names in (("B-PER",), ("B-LOC",), ("B-LOC", "B-FAC"), ("B-ORG",)) and random_.random() < RENAMED:
            end = next((j for j in range(i + 1, len(sentence)) if not sentence[j].names or not sentence[j].names[0].startswith("I-")), len(sentence))
            if all(shape_class(w.text) in (3, 4) and w.text.isalpha() for w in sentence[i:end]):
                for j, name in enumerate(another(word.names[0], end - i, random_)):
                    out[i + j] = replace(sentence[i + j], text=name, lemma=name if sentence[i + j].lemma is not None else None)
    return out


def another(tag, n, random_):
    """n words of a name of this kind; none where there is none of that length."""
    if tag == "B-ORG":
        known = organizations().get(n)
        return random_.choice(known) if known else []
    if tag == "B-LOC":
        return [random_.choice(world_names()["place"])] if n == 1 else []
    pick = lambda part: random_.choice(world_names()[part])
    return [pick("first") for _ in range(n - 1)] + [pick(random_.choice(("first", "last")) if n == 1 else "last")]


@cache
def organizations():
    """Names of organizations that our own texts mark, by how many words they have, all of them plain capitalised words."""
    found = {}
    for path in own_texts():
        with open(path, encoding="utf8") as file:
            for name in re.findall(r"\[ORG ([^\]]+)\]", file.read()):
                words = name.split()
                if all(word.isalpha() and shape_class(word) in (3, 4) for word in words):
                    found.setdefault(len(words), set()).add(tuple(words))
    return {n: sorted(names) for n, names in found.items()}


@cache
def world_names():
    """First and last names of people in Latin script from Faker's locales, one-word cities and countries of knowledge/places.tsv."""
    import faker.providers.person as people
    import importlib
    import pkgutil
    first, last = set(), set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for kept, names in ((first, ("first_names", "first_names_male", "first_names_female")), (last, ("last_names",))):
            found = [getattr(provider, key, ()) for key in names]
            kept.update(name for values in found if isinstance(values, (tuple, list, dict)) for name in values)
    with open(os.path.join(os.path.dirname(__file__), "..", "knowledge", "places.tsv"), encoding="utf8") as file:
        places = {line.split("\t")[0] for line in file if not line.startswith("#")}
    plain = lambda names: sorted(n for n in names if n.isalpha() and shape_class(n) == 4 and all("LATIN" in unicodedata.name(c, "") for c in n))
    return {"first": plain(first), "last": plain(last), "place": plain(places)}


def curled(word, following):
    text = word.text
    if text in ('"', "``", "''"):
        return "“" if word.space or text == "``" else "”"
    if text in ("'", "`"):
        return "‘" if word.space and following is not None and not following.space else "’"
    return text.replace("'", "’")


def headline(sentence, alone, random_):
    last = len(sentence)
    if alone and last > 2 and sentence[-1].text == "." and sentence[-1].head is not None and all(word.head != last for word in sentence):
        sentence = sentence[:-1]
    style = random_.random()
    if style < 0.4:
        return [replace(word, text=word.text[:1].upper() + word.text[1:]) for word in sentence]
    if style < 0.6:
        return [replace(word, text=word.text.upper()) for word in sentence]
    return sentence


def batches(documents, vocabulary, random_):
    """One pass through the corpora: lists of (document number, sentence numbers), alike in length, in random order."""
    windows = [(d, w) for d, document in enumerate(documents) for w in pack(document, vocabulary, random_)]
    size = lambda item: sum(len(vocabulary.word(word.text)) for s in item[1] for word in documents[item[0]].sentences[s].words) + 4
    windows = sorted(((size(item) + random_.randint(0, 6), item) for item in windows), key=lambda pair: pair[0])
    out, batch, longest = [], [], 0
    for n, item in windows:
        longest = max(longest, n)
        if batch and (len(batch) + 1) * longest > BATCH_PIECES:
            out.append(batch)
            batch, longest = [], n
        batch.append(item)
    out.append(batch)
    random_.shuffle(out)
    return out


class Targets:
    """Labels to numbers."""

    def __init__(self, labels):
        self.index = {k: {label: i for i, label in enumerate(labels[k])} for k in ("upos", "xpos", "lemma", "names", "kinds", "deprels")}

    def of_word(self, word):
        get = lambda key, label: self.index[key].get(label, NO_LABEL)
        chain = NO_LABEL if word.chain is None else word.chain
        if word.head is None:
            return {}
        deprel = get("deprels", word.deprel)
        return {"upos": get("upos", word.upos), "xpos": get("xpos", word.xpos),
                "lemma": get("lemma", lemma_script(word.text, word.lemma)), "kinds": get("kinds", word.kind), "head": word.head,
                "relation": deprel if deprel != NO_LABEL else get("deprels", word.deprel.split(":")[0]), "chain": chain}

    def batch(self, windows, W):
        """[B,W] arrays of labels; `names` [B,W,N] of those allowed, none where nothing is known; `sentence` numbers the sentences of the
        batch from 0, -1 for root and padding; `head` is a column; `chain` is -1 for words that head no mention."""
        keys = ("upos", "xpos", "lemma", "kinds", "head", "relation", "ends", "sentence", "chain")
        out = {k: np.full((len(windows), W), NO_LABEL, dtype=np.int64) for k in keys}
        out["sentence"][:] = -1
        out["names"] = np.zeros((len(windows), W, len(self.index["names"])), dtype=bool)
        count = 0
        for b, window in enumerate(windows):
            at = 1
            for i, sentence in enumerate(window.sentences):
                forced = i + 1 == len(window.sentences) or window.breaks[i + 1]
                for j, word in enumerate(sentence):
                    for key, value in self.of_word(word).items():
                        out[key][b, at + j] = value
                    for tag in word.names or ():
                        out["names"][b, at + j, self.index["names"][tag]] = True
                    if word.head:
                        out["head"][b, at + j] = at + word.head - 1
                    out["sentence"][b, at + j] = count
                    if word.head is not None:
                        out["ends"][b, at + j] = (NO_LABEL if forced else 1) if j == len(sentence) - 1 else 0
                at += len(sentence)
                count += 1
        return {k: torch.from_numpy(v) for k, v in out.items()}
