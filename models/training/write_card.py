"""Writes the model card of the embedded classifier: file sizes and hashes, and the accuracies that `latencylab evaluate` measured.

    python3 write_card.py --folder ../cifar10_resnet9 [--evaluation evaluation.json]

The evaluation is the output of `latencylab evaluate --data test.zip --json`.
"""
import argparse
import hashlib
import json
from pathlib import Path

import cifar10

VARIANTS = {"int8": "int8.onnx", "int8_seven_bit": "int8_seven_bit.onnx"}


def facts(path: Path) -> dict:
    data = path.read_bytes()
    return {"file": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def card(folder: Path, accuracy: dict) -> dict:
    fp32 = facts(folder / "fp32.onnx")
    variants = {}
    for precision, name in VARIANTS.items():
        if (folder / name).exists():
            variants[precision] = facts(folder / name)
            if precision in accuracy:
                variants[precision]["accuracy"] = accuracy[precision]
    return {
        "format": 1,
        "id": "cifar10_resnet9",
        "title": "CIFAR-10 ResNet-9",
        **fp32,
        "architecture": "ResNet-9 layout, widths 32-64-160-320",
        "task": "CIFAR-10 classification: airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck",
        "parameters": 2954858,
        "multiply_accumulates": 150703232,
        "input": {"name": "input", "type": "float32", "shape": ["N", 3, 32, 32], "layout": "NCHW", "channel_order": "RGB"},
        "output": {"name": "logits", "type": "float32", "shape": ["N", 10], "meaning": "raw logits, no softmax"},
        "preprocessing": {
            "size": 32,
            "resize": {"mode": "short_side", "short_side": 32, "filter": "bilinear (triangle)", "antialias": True, "result": "uint8"},
            "crop": {"mode": "center", "width": 32, "height": 32},
            "formula": "x = (rgb/255 - mean) / std",
            "mean": list(cifar10.MEAN),
            "std": list(cifar10.STD),
        },
        "labels": "labels.txt",
        "num_classes": 10,
        "source": {"name": "trained by models/training", "data": "CIFAR-10 (A. Krizhevsky, 2009), JPEG copy"},
        "license": "MIT",
        "accuracy": accuracy.get("fp32", {}),
        "variants": variants,
    }


def read_evaluation(path: Path) -> dict:
    evaluation = json.loads(path.read_text())
    return {
        variant["precision"]: {
            "cifar10_test": {
                "pictures": evaluation["pictures"],
                "top1": variant["top1"],
                "top5": variant["top5"],
                "decoder": evaluation["decoder"],
                "int8_path": evaluation["int8Path"],
            }
        }
        for variant in evaluation["variants"] if variant["id"] in ("control", "int8")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="the model's folder")
    parser.add_argument("--evaluation", type=Path, help="output of latencylab evaluate --json")
    arguments = parser.parse_args()
    accuracy = read_evaluation(arguments.evaluation) if arguments.evaluation else {}
    text = json.dumps(card(arguments.folder, accuracy), indent=2) + "\n"
    (arguments.folder / "model.json").write_text(text)


if __name__ == "__main__":
    main()
