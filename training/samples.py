"""What the network learns from: windows packed at random, varied lightly, and their labels as numbers.

Input:  documents. Output: batches of `Sample`s (document, sentence numbers), `Window`s, and [B,W] arrays of targets.
Limits: sentences longer than a window are left out.
"""
from dataclasses import replace

import numpy as np
import torch

from corpora import lemma_script
from windows import WINDOW_PIECES, Window

BATCH_PIECES = 1400
NO_LABEL = -100


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
    if random_.random() < 0.2:
        breaks = [False] * len(breaks)
    for i, sentence in enumerate(sentences):
        alone = (i == 0 or breaks[i]) and (i + 1 == len(sentences) or breaks[i + 1])
        if len(sentence) <= 18 and random_.random() < (0.15 if alone else 0.02):
            sentences[i] = headline(sentence, alone, random_)
    return Window(sentences, breaks)


def curled(word, following):
    text = word.text
    if text in ('"', "``", "''"):
        return "“" if word.space or text == "``" else "”"
    if text in ("'", "`"):
        return "‘" if word.space and following is not None and not following.space else "’"
    return text.replace("'", "’")


def headline(sentence, alone, random_):
    last = len(sentence)
    if alone and last > 2 and sentence[-1].text == "." and all(word.head != last for word in sentence):
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
        deprel = get("deprels", word.deprel)
        return {"upos": get("upos", word.upos), "xpos": get("xpos", word.xpos),
                "lemma": get("lemma", lemma_script(word.text, word.lemma)),
                "names": get("names", word.name), "kinds": get("kinds", word.kind), "head": word.head,
                "relation": deprel if deprel != NO_LABEL else get("deprels", word.deprel.split(":")[0])}

    def batch(self, windows, W):
        """[B,W] arrays of labels; `sentence` numbers the sentences of the batch from 0, -1 for root and padding; `head` is a column."""
        keys = ("upos", "xpos", "lemma", "names", "kinds", "head", "relation", "ends", "sentence")
        out = {k: np.full((len(windows), W), NO_LABEL, dtype=np.int64) for k in keys}
        out["sentence"][:] = -1
        count = 0
        for b, window in enumerate(windows):
            at = 1
            for i, sentence in enumerate(window.sentences):
                forced = i + 1 == len(window.sentences) or window.breaks[i + 1]
                for j, word in enumerate(sentence):
                    for key, value in self.of_word(word).items():
                        out[key][b, at + j] = value
                    if word.head:
                        out["head"][b, at + j] = at + word.head - 1
                    out["sentence"][b, at + j] = count
                    out["ends"][b, at + j] = (NO_LABEL if forced else 1) if j == len(sentence) - 1 else 0
                at += len(sentence)
                count += 1
        return {k: torch.from_numpy(v) for k, v in out.items()}
