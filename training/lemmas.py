"""Writes the dictionary of word forms that steadies the network's lemmas: form, part of speech, lemma, for open-class words of the training corpora.

    python training/lemmas.py --corpora DIR --out models/lemmas.tsv

Only training parts are read. A form with several lemmas under one part of speech gets the most frequent; ties go to the alphabet's first.
"""
import argparse
from collections import Counter, defaultdict

OPEN = {"NOUN", "VERB", "ADJ", "ADV", "AUX"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    seen = defaultdict(Counter)
    for name in ("ewt-train", "gum-train-free"):
        with open(f"{options.corpora}/{name}.conllu", encoding="utf8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                if len(cells) > 4 and cells[0].isdigit() and cells[3] in OPEN and cells[1].isalpha() and "Typo=Yes" not in cells[5]:
                    seen[cells[1].lower(), cells[3]][cells[2].lower()] += 1
    with open(options.out, "w", encoding="utf8") as out:
        out.write("# Word forms and their lemmas, from the training parts of UD English-EWT and GUM (CC BY-SA 4.0). Made by training/lemmas.py.\nform\tupos\tlemma\n")
        for (form, upos), lemmas in sorted(seen.items()):
            lemma = min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))
            out.write(f"{form}\t{upos}\t{lemma}\n")


main()
