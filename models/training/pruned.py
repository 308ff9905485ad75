"""The base and its pruned form between PyTorch and ONNX, BatchNorm kept, so that pruning can look at its scales.

    python3 pruned.py --weights base.pt --out base_batchnorm.onnx     # then: latencylab prune base_batchnorm.onnx ...
"""
import argparse
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from network import Network


def write(network: Network, out: Path) -> None:
    """The network with its weights under PyTorch's names, for pruning only: logits are without their scale's folding."""
    torch.onnx.export(
        network.eval(), torch.zeros(1, 3, 32, 32), str(out), input_names=["input"], output_names=["logits"],
        dynamic_axes={"input": {0: "N"}, "logits": {0: "N"}}, opset_version=13,
        training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)


def read(path: Path) -> Network:
    """The network of a pruned file; weights are matched by name, and by shape where the exporter renamed one."""
    weights = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in onnx.load(str(path)).graph.initializer}
    state = {name: value for name, value in weights.items() if name.startswith(("features.", "classifier."))}
    if "classifier.weight" not in state:
        # Exported transposed, for MatMul.
        state["classifier.weight"] = next(value.t().contiguous() for name, value in weights.items()
                                          if value.dim() == 2 and name not in state)
    for name in [name for name in state if name.endswith("running_mean")]:
        state[name.replace("running_mean", "num_batches_tracked")] = torch.tensor(0)
    return Network.of(state)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="weights from train.py")
    parser.add_argument("--out", type=Path, required=True, help="ONNX file to write")
    arguments = parser.parse_args()
    write(Network.of(torch.load(arguments.weights)), arguments.out)


if __name__ == "__main__":
    main()
