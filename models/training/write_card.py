"""Writes the model card of an embedded classifier: file sizes and hashes, and the accuracies that `latencylab evaluate` measured.

    python3 write_card.py --folder ../cifar10_resnet9 --weights base.pt [--evaluation evaluation.json]

The evaluation is the output of `latencylab evaluate --data test.zip --all-files --json`. An accuracy is entered where the hash of the file
that was measured is that of the file in the folder, and nowhere else.
"""
import argparse
import hashlib
import json
from pathlib import Path

import torch
from torch import nn

import cifar10
from network import Network
from zoo import MODELS

VARIANTS = {"int8": "int8.onnx", "int8_seven_bit": "int8_seven_bit.onnx"}


def facts(path: Path) -> dict:
    data = path.read_bytes()
    return {"file": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def size(network: Network) -> dict:
    """Parameters and multiply-adds as deployed: BatchNorm folded into biases, the classifier with one."""
    convolutions = [m for m in network.modules() if isinstance(m, nn.Conv2d)]
    side, adds = 32, 0
    for unit in network.features:
        side //= 2 if isinstance(unit, nn.MaxPool2d) else 1
        adds += sum(m.weight.numel() * side ** 2 for m in unit.modules() if isinstance(m, nn.Conv2d))
    classifier = network.classifier
    return {
        "parameters": sum(m.weight.numel() + m.out_channels for m in convolutions) + classifier.weight.numel() + classifier.out_features,
        "multiply_accumulates": adds + classifier.weight.numel(),
    }


def card(folder: Path, network: Network, accuracy: dict) -> dict:
    title, origin = MODELS[folder.name]
    fp32 = facts(folder / "fp32.onnx")
    variants = {}
    for precision, name in VARIANTS.items():
        if (folder / name).exists():
            file = facts(folder / name)
            variants[precision] = file
            if file["sha256"] in accuracy:
                file["accuracy"] = accuracy[file["sha256"]]
    return {
        "format": 1,
        "id": folder.name,
        "title": title,
        **fp32,
        "architecture": f"ResNet-9 layout, widths {network.widths}",
        "task": "CIFAR-10 classification: airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck",
        **size(network),
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
        "source": {"name": origin, "data": "CIFAR-10 (A. Krizhevsky, 2009), JPEG copy"},
        "license": "MIT",
        "accuracy": accuracy.get(fp32["sha256"], {}),
        "variants": variants,
    }


def read_evaluation(path: Path) -> dict:
    """The accuracies by the hash of the file; of several variants that ran one file, the first counts."""
    evaluation = json.loads(path.read_text())
    accuracy = {}
    for variant in evaluation["variants"]:
        accuracy.setdefault(variant.get("sha256"), {
            "cifar10_test": {
                "pictures": evaluation["pictures"],
                "top1": variant["top1"],
                "top5": variant["top5"],
                "decoder": evaluation["decoder"],
                "int8_path": evaluation["int8Path"],
            }
        })
    return accuracy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="the model's folder")
    parser.add_argument("--weights", type=Path, required=True, help="the weights that were exported")
    parser.add_argument("--evaluation", type=Path, help="output of latencylab evaluate --json")
    arguments = parser.parse_args()
    accuracy = read_evaluation(arguments.evaluation) if arguments.evaluation else {}
    fp32 = facts(arguments.folder / "fp32.onnx")["sha256"]
    if accuracy and fp32 not in accuracy:
        parser.error(f"{arguments.evaluation} measured other files than those in {arguments.folder}. Evaluate again.")
    network = Network.of(torch.load(arguments.weights, map_location="cpu"))
    text = json.dumps(card(arguments.folder.resolve(), network, accuracy), indent=2) + "\n"
    (arguments.folder / "model.json").write_text(text)


if __name__ == "__main__":
    main()
