"""What a permitted teacher says of names in the treebanks: spaCy's en_core_web_md (MIT), trained on OntoNotes, knows kinds that UNER leaves out.

    python silver.py --corpora DIR --spacy FOLDER --out silver.json

Output: `{"ewt": [[[first, last, kind], …] for each sentence], "gum": …}` over the train parts, words counted from 0, last included.
"""
import argparse
import json
import os

import spacy
from spacy.tokens import Doc

from corpora import read_treebank

OURS = {"NORP": "NORP", "FAC": "FAC", "EVENT": "EVENT", "LAW": "LAW", "PRODUCT": "PRODUCT", "WORK_OF_ART": "WORK"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpora", "spacy", "out"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    nlp = spacy.load(options.spacy, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
    out = {}
    for name, file in (("ewt", "ewt-train.conllu"), ("gum", "gum-train-free.conllu")):
        sentences = [s.words for d in read_treebank(os.path.join(options.corpora, file)) for s in d.sentences]
        docs = (Doc(nlp.vocab, [w.text for w in words], [nxt is not None and nxt.space for nxt in [*words[1:], None]]) for words in sentences)
        out[name] = [[[e.start, e.end - 1, OURS[e.label_]] for e in doc.ents if e.label_ in OURS] for doc in nlp.pipe(docs)]
    with open(options.out, "w", encoding="utf8") as file:
        json.dump(out, file)


if __name__ == "__main__":
    main()
