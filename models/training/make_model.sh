#!/usr/bin/env bash
# Makes the embedded model from trained weights: ONNX export, INT8, evaluation, card.
#   models/training/make_model.sh WEIGHTS.pt CALIBRATION_FOLDER TEST_PICTURES
# CALIBRATION_FOLDER holds some hundred training pictures; TEST_PICTURES is the test set (folder or zip, one folder a class).
set -euo pipefail
weights=$(realpath "$1"); calibration=$(realpath "$2"); pictures=$(realpath "$3")
python=${PYTHON:-python3}
cd "$(dirname "$0")"
model=../cifar10_resnet9
latencylab() { dotnet run --no-build -c Release --project ../../LatencyLab.Cli -- "$@" --models "$model"; }

rm -f "$model"/*.onnx
"$python" export.py --weights "$weights" --out "$model/fp32.onnx"
"$python" write_card.py --folder "$model"
dotnet build -c Release ../../LatencyLab.Cli
latencylab quantize cifar10_resnet9 --calibration "$calibration" --output "$model/int8.onnx"
latencylab quantize cifar10_resnet9 --calibration "$calibration" --seven-bit --output "$model/int8_seven_bit.onnx"
"$python" write_card.py --folder "$model"
dotnet build -c Release ../../LatencyLab.Cli
evaluation=$(mktemp)
latencylab evaluate --data "$pictures" --json > "$evaluation"
"$python" write_card.py --folder "$model" --evaluation "$evaluation"
cat "$evaluation"
rm -f "$evaluation"
