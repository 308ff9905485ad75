"""Averages the weights of several training cycles of one network and estimates its BatchNorm statistics anew.

    python3 average_weights.py --data DIR --weights one.pt two.pt --out average.pt

Cycles that start from each other end in one valley, whose middle is better than its sides: Izmailov et al., "Averaging Weights Leads
to Wider Optima and Better Generalization" (2018).
"""
import argparse
from pathlib import Path

import torch
from torch import nn

import cifar10
from network import Network


def average(states: list[dict]) -> Network:
    return Network.of({name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
                       for name, value in states[0].items()})


@torch.no_grad()
def estimate_statistics(network: Network, pixels: torch.Tensor) -> None:
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.reset_running_stats()
            module.momentum = None  # a plain mean over all batches
    network.train()
    for batch in cifar10.normalize(pixels).split(500):
        network(torch.cat([batch[::2], batch[1::2].flip(3)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.zip")
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    network = average([torch.load(path) for path in arguments.weights])
    pixels, _ = cifar10.load(arguments.data, "train")
    estimate_statistics(network, pixels[::5])
    torch.save(network.state_dict(), arguments.out)


if __name__ == "__main__":
    main()
