#!/usr/bin/env bash
# Makes an embedded model from trained weights: ONNX export, INT8, evaluation, card.
#   models/training/make_model.sh ID WEIGHTS.pt CALIBRATION_FOLDER TEST_PICTURES
# ID is one of zoo.py, for instance cifar10_resnet9; CALIBRATION_FOLDER holds some hundred training pictures;
# TEST_PICTURES is the test set (folder or zip, one folder a class).
set -euo pipefail
id=$1; weights=$(realpath "$2"); calibration=$(realpath "$3"); pictures=$(realpath "$4")
python=${PYTHON:-python3}
cd "$(dirname "$0")"
model=../$id
latencylab() { dotnet run --no-build -c Release --project ../../LatencyLab.Cli -- "$@" --models ..; }
card() { "$python" write_card.py --folder "$model" --weights "$weights" "$@"; }

mkdir -p "$model"
rm -f "$model"/*.onnx
cp ../cifar10_resnet9/labels.txt "$model/labels.txt" 2> /dev/null || true
"$python" export.py --weights "$weights" --out "$model/fp32.onnx"
card
dotnet build -c Release ../../LatencyLab.Cli
latencylab quantize "$id" --calibration "$calibration" --method "${METHOD:-min-max}" --output "$model/int8.onnx"
latencylab quantize "$id" --calibration "$calibration" --method min-max --seven-bit --output "$model/int8_seven_bit.onnx"
card
dotnet build -c Release ../../LatencyLab.Cli
evaluation=$(mktemp)
latencylab evaluate --model "$id" --data "$pictures" --all-files --json > "$evaluation"
card --evaluation "$evaluation"
cat "$evaluation"
rm -f "$evaluation"
