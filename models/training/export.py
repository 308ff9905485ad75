"""Exports the trained classifier to ONNX: [N,3,32,32] `input` -> [N,10] `logits`, N free.

    python3 export.py --weights base.pt --out cifar10_resnet9.onnx [--any-size]

BatchNorm is folded into the convolutions and the logit scale into the classifier, so that the
file holds only Conv, Relu, MaxPool, Add, GlobalAveragePool, Flatten and Gemm. The same weights
give the same bytes.
"""
import argparse
from pathlib import Path

import torch
from torch import nn

from network import Network

OPSET = 13  # the first with per-channel DequantizeLinear, which INT8 needs


class Deployment(nn.Module):
    """The network as it is served: the logit scale inside the classifier, which has a bias so that it exports as Gemm."""

    def __init__(self, network: Network):
        super().__init__()
        network = network.eval().fold_logit_scale()
        self.features, self.pool = network.features, network.pool
        weight = network.classifier.weight
        self.classifier = nn.Linear(weight.shape[1], weight.shape[0])
        self.classifier.weight.data.copy_(weight)
        self.classifier.bias.data.zero_()

    def forward(self, x):
        return self.classifier(self.pool(self.features(x)).flatten(1))


def export(network: Network, out: str, any_size: bool = False) -> None:
    """Writes the network as ONNX with a free batch size and, where asked, a free input size: pooling makes the network indifferent to it."""
    free = {0: "N", 2: "H", 3: "W"} if any_size else {0: "N"}
    torch.onnx.export(
        Deployment(network).eval(), torch.zeros(1, 3, 32, 32), out,
        input_names=["input"], output_names=["logits"],
        dynamic_axes={"input": free, "logits": {0: "N"}},
        opset_version=OPSET, do_constant_folding=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="state dict written by train.py")
    parser.add_argument("--out", type=Path, required=True, help="ONNX file to write")
    parser.add_argument("--any-size", action="store_true", help="leave the input size free, to profile how time depends on it")
    arguments = parser.parse_args()
    network = Network.of(torch.load(arguments.weights, map_location="cpu"))
    export(network, str(arguments.out), arguments.any_size)
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
