"""Turns words into what the network reads: word pieces, shapes, first pieces (models/CONTRACT.md, in Python).

Input: `Window`s, lists of sentences with paragraph breaks. Output: padded int64 arrays.
Limits: words of more than 12 pieces lose the rest.
"""
import unicodedata
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from corpora import shape

PIECES_PER_WORD, WINDOW_PIECES, POSITIONS = 12, 200, 256
LONGEST_WORD = 252                   # bytes
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP, MASK = range(5)


class Vocabulary:
    """MiniLM's word pieces without unused entries and scripts that English news does not print; ids are those of our `vocab.txt`."""

    def __init__(self, tokenizer_path):
        self.tokenizer = Tokenizer.from_file(tokenizer_path)
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        theirs = sorted(self.tokenizer.get_vocab().items(), key=lambda item: item[1])
        kept = [(piece, i) for piece, i in theirs if piece not in SPECIAL and latin(piece)]
        self.pieces = SPECIAL + [piece for piece, _ in kept]
        self.rows = [dict(theirs)[piece] for piece in SPECIAL] + [i for _, i in kept]      # rows of the original table
        self.ours = {row: i for i, row in enumerate(self.rows)}
        self.cache = {}

    def word(self, text):
        if text not in self.cache:
            ids = [self.ours.get(i, UNK) for i in self.tokenizer.encode(text, add_special_tokens=False).ids]
            self.cache[text] = ids[:PIECES_PER_WORD] if ids and len(text.encode()) <= LONGEST_WORD else [UNK]
        return self.cache[text]

    def sentence(self, text):
        """Original ids of a sentence, for the teacher."""
        return self.tokenizer.encode(text).ids[:POSITIONS]


def latin(piece):
    """Whether every letter of a piece is Latin, and the piece is not one of BERT's `[unused…]`."""
    return not piece.startswith("[unused") and all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in piece)


@dataclass
class Window:
    sentences: list          # lists of words
    breaks: list             # whether a paragraph break comes before each sentence


def arrays(windows, vocabulary):
    """`pieces`, `shapes`, `mask` and `first` of a batch; the table turns `pieces` into the network's `vectors`."""
    rows = [row(window, vocabulary) for window in windows]
    T, W = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    pad = lambda k, n: np.array([r[k] + [0] * (n - len(r[k])) for r in rows], dtype=np.int64)
    mask = np.array([[1.0] * len(r[0]) + [0.0] * (T - len(r[0])) for r in rows], dtype=np.float32)
    return {"pieces": pad(0, T), "shapes": pad(1, T), "mask": mask, "first": pad(2, W)}


def row(window, vocabulary):
    pieces, shapes, first = [CLS], [0], [0]
    for sentence, broken in zip(window.sentences, window.breaks):
        if broken and len(pieces) > 1:
            pieces.append(SEP)
            shapes.append(0)
        for word in sentence:
            ids = vocabulary.word(word.text)
            first.append(len(pieces))
            pieces += ids
            shapes += [shape(word.text, word.space)] * len(ids)
    return pieces + [SEP], shapes + [0], first
