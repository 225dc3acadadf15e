#!/bin/sh
# Trains the scorer of coreference for a profile whose other weights are there, and measures it on dev.
#   training/coreference.sh CORPORA WORK PROFILE-DIRECTORY [ROUNDS]
# CORPORA holds gum-{train-free,dev}.conllu, WORK is scratch, PROFILE-DIRECTORY (models/accurate) gets coreference.onnx. Each round reads the corpora with the
# weights of the round before, so that rows tell of chains as the program decides them; the first reads with what is there, or with none. PYTHON chooses the
# interpreter, SCORE the script that makes plain inputs (score.py), PAIRS the built example.
set -eu
corpora=$1 work=$2 profile=$3 rounds=${4:-3}
here=$(dirname "$0")
python=${PYTHON:-python3}
pairs=${PAIRS:-cargo run --quiet --release -p variorum-language --example pairs --}
mkdir -p "$work"
"$python" "${SCORE:?the script that makes plain inputs}" input language "$corpora/gum-train-free.conllu" > "$work/train.input"
"$python" "$SCORE" input language "$corpora/gum-dev.conllu" > "$work/dev.input"
$pairs "$work/dev" "$profile" < "$work/dev.input"
for round in $(seq "$rounds"); do
    $pairs "$work/train" "$profile" < "$work/train.input"
    "$python" "$here/coreference.py" --pairs "$work/train" --gold "$corpora/gum-train-free.conllu" \
        --dev-pairs "$work/dev" --dev-gold "$corpora/gum-dev.conllu" --out "$profile"
    $pairs "$work/dev" "$profile" < "$work/dev.input"
    "$python" "$here/score_coreference.py" "$corpora/gum-dev.conllu" "$work/dev.jsonl"
done
