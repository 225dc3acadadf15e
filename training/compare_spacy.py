"""How fast and how accurate are we beside spaCy, on one core and the same text?

    cargo build --release -p variorum-language --example predict
    python training/compare_spacy.py FILE.conllu|FILE.txt --spacy MODEL_FOLDER [--profile accurate|fast] [--rounds 3]

Input:  a treebank, whose documents are put back together as running text, or plain text, a document between each two lines of `---`.
Output: words a second of each program from raw text to tags and trees, best of the rounds, and the ratio; where the file has gold, F1 of
both from raw text: sentences, words, part of speech, heads, and labelled heads of ours only (the two label schemes differ).
Both programs are run in turn, each pinned to one core where `taskset` is found. Each counts words as the treebank does (ours) or as its own
tokeniser does (spaCy's are within 2 % of it); the ratio is of time over the same text, so that it does not depend on that.
spaCy's heads are a different scheme where it has prepositions as heads; read its column as a lower bound.
Limits: spaCy's time is that of its whole pipeline, names included, as ours is; loading counts in neither.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter

ONE_CORE = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
PROGRAM = os.path.join(os.path.dirname(__file__), "..", "target", "release", "examples", "predict")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--spacy", required=True, help="folder of a spaCy model, the one with config.cfg")
    parser.add_argument("--profile", default="accurate", help="accurate, fast, or a folder of weights")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--program", default=PROGRAM)
    parser.add_argument("--run-spacy", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run_spacy:
        return run_spacy(options.spacy, options.run_spacy)
    documents = read(options.file)
    texts = [document["text"] for document in documents]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "texts.jsonl")
        with open(path, "w", encoding="utf8") as file:
            file.writelines(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts))
        ours, theirs = [options.program, options.profile], [sys.executable, os.path.abspath(__file__), options.file, "--spacy", options.spacy, "--run-spacy", path]
        times = {"ours": [], "spaCy": []}
        for _ in range(options.rounds):
            for name, command in (("ours", ours), ("spaCy", theirs)):
                seconds, found = run(command, path)
                times[name].append(seconds)
                if name == "ours":
                    mine = found
                else:
                    other = found
    report(options, documents, times, mine, other)


def run(command, path):
    """Seconds that a program says it took to parse, and the lines it wrote."""
    pinned = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    with open(path, "rb") as texts:
        done = subprocess.run(pinned + command, stdin=texts, capture_output=True, env={**os.environ, **ONE_CORE}, check=True)
    said = done.stderr.decode().strip().splitlines()[-1]
    return float(said.split(" words in ")[1].split(" s,")[0]), [json.loads(line) for line in done.stdout.decode().splitlines()]


def run_spacy(model, path):
    """The same lines as our program writes, by spaCy."""
    import spacy

    nlp = spacy.load(model)
    with open(path, encoding="utf8") as file:
        texts = [json.loads(line)["text"] for line in file]
    nlp(texts[0][:1000])
    start = time.perf_counter()
    parsed = list(nlp.pipe(texts))
    seconds = time.perf_counter() - start
    for doc in parsed:
        words = [token for token in doc if not token.is_space]
        place = {token.i: n for n, token in enumerate(words)}
        head = lambda token: -1 if token.head.i == token.i else place.get(token.head.i, -1)
        tokens = [{"start": t.idx, "end": t.idx + len(t), "upos": t.pos_, "tag": t.tag_, "head": head(t), "deprel": t.dep_} for t in words]
        sentences = [[s[0]["start"], s[-1]["end"]] for s in sentences_of(doc, place, tokens)]
        print(json.dumps({"sentences": sentences, "tokens": tokens}))
    n_words = sum(not token.is_space for doc in parsed for token in doc)
    print(f"{n_words} words in {seconds:.3f} s, {n_words / seconds:.0f} a second", file=sys.stderr)


def sentences_of(doc, place, tokens):
    rows = ([tokens[place[token.i]] for token in sentence if token.i in place] for sentence in doc.sents)
    return [row for row in rows if row]


# --- gold -------------------------------------------------------------------------------------------------------------------

def read(path):
    """Documents with their text and, of a treebank, sentences and tokens as our program writes them."""
    if not path.endswith(".conllu"):
        with open(path, encoding="utf8") as file:
            return [{"text": text.strip()} for text in file.read().split("\n---\n") if text.strip()]
    from corpora import read_treebank

    return [laid_out(document) for document in read_treebank(path)]


def laid_out(document):
    text, sentences, tokens = "", [], []
    for sentence in document.sentences:
        text += ("\n\n" if sentence.starts_paragraph else " ") if text else ""
        base, first, at = len(tokens), len(text), 0
        for word in sentence.words:
            start = sentence.text.index(word.text, at)
            at = start + len(word.text)
            head = -1 if word.head == 0 else base + word.head - 1
            tokens.append({"start": first + start, "end": first + at, "upos": word.upos, "tag": word.xpos, "head": head,
                           "deprel": word.deprel.split(":")[0]})
        text += sentence.text
        sentences.append([tokens[base]["start"], tokens[-1]["end"]])
    return {"text": text, "sentences": sentences, "tokens": tokens}


# --- figures ----------------------------------------------------------------------------------------------------------------

def figures(gold, found, labelled):
    """F1 of spans, and of spans with what is said of them; a head is right when both its span and the word's are."""
    right, counts = Counter(), Counter()
    for one, other in zip(gold, found):
        sides = [answers(one), answers(other)]
        for what in sides[0]:
            right[what] += len(sides[0][what] & sides[1][what])
            counts[what] += len(sides[0][what]) + len(sides[1][what])
    return {what: 200 * right[what] / max(1, counts[what]) for what in counts if labelled or what != "labelled heads"}


def answers(document):
    tokens = document["tokens"]
    span = lambda i: (tokens[i]["start"], tokens[i]["end"]) if i >= 0 else None
    each = lambda answer: {(*span(i), answer(token)) for i, token in enumerate(tokens)}
    return {
        "sentences": {tuple(sentence) for sentence in document["sentences"]},
        "words": {span(i) for i in range(len(tokens))},
        "part of speech": each(lambda token: token["upos"]),
        "Penn tag": each(lambda token: token["tag"]),
        "heads": each(lambda token: span(token["head"])),
        "labelled heads": each(lambda token: (span(token["head"]), token["deprel"])),
    }


def report(options, documents, times, mine, other):
    n_words = sum(len(document.get("tokens") or document["text"].split()) for document in documents)
    print(f"{os.path.basename(options.file)}: {len(documents)} documents, {n_words} words, best of {options.rounds} rounds, one core each")
    rate = {name: n_words / min(seconds) for name, seconds in times.items()}
    print(f"{'':18}{'ours, ' + os.path.basename(options.profile):>16}{'spaCy':>12}")
    print(f"{'words a second':18}{rate['ours']:16.0f}{rate['spaCy']:12.0f}   ours {rate['ours'] / rate['spaCy']:.2f} times as fast")
    if "tokens" in documents[0]:
        ours, theirs = figures(documents, mine, True), figures(documents, other, False)
        for what in ours:
            print(f"{what:18}{ours[what]:15.2f}%" + (f"{theirs[what]:11.2f}%" if what in theirs else f"{'-':>12}"))


if __name__ == "__main__":
    main()
