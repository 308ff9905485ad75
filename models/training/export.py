"""Exports the trained classifier to ONNX: [N,3,32,32] `input` -> [N,10] `logits`, N free.

    python3 export.py --weights base.pt --out cifar10_resnet9.onnx

BatchNorm is folded into the convolutions and the logit scale into the classifier, so that the
file holds only Conv, Relu, MaxPool, Add, GlobalAveragePool, Flatten and Gemm. The same weights
give the same bytes.
"""
import argparse
from pathlib import Path

import torch

from network import Network

OPSET = 13  # the first with per-channel DequantizeLinear, which INT8 needs


def load(weights: Path) -> Network:
    """The network that train.py saved, ready for inference."""
    state = torch.load(weights, map_location="cpu")
    # The widths follow from the weights, so that narrower networks export too.
    widths = [state[f"features.{unit}.0.weight"].shape[0] for unit in (0, 1, 4, 7)]
    network = Network(widths, classes=state["classifier.weight"].shape[0])
    network.load_state_dict(state)
    return network.eval().fold_logit_scale()


def export(network: Network, out: Path) -> None:
    """Writes the network as ONNX with a free batch size."""
    torch.onnx.export(
        network, torch.zeros(1, 3, 32, 32), out,
        input_names=["input"], output_names=["logits"],
        dynamic_axes={"input": {0: "N"}, "logits": {0: "N"}},
        opset_version=OPSET, do_constant_folding=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="state dict written by train.py")
    parser.add_argument("--out", type=Path, required=True, help="ONNX file to write")
    arguments = parser.parse_args()
    network = load(arguments.weights)
    export(network, str(arguments.out))
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
