"""Trains the embedded CIFAR-10 classifier on two CPU cores and writes its weights.

    python3 train.py --data DIR --out base.pt [--epochs 60 | --minutes 100]

Two single-threaded processes average their gradients (faster than one process with two threads),
under bfloat16 autocast. With --minutes the learning-rate schedule follows the clock, so that a
disturbed machine ends on time with a complete schedule. The weights written are an exponential
moving average; nothing is chosen by test accuracy.
"""
import argparse
import math
import os
import time
from pathlib import Path

import torch
import torch.distributed as distributed
from torch import nn

import cifar10
from augmentation import alternating_flip, augment
from network import Network, whiten_first_convolution

PROCESSES = 2
WARMUP_SHARE = 0.15
EMA_DECAY_STEPS = 400


def learning_rate(progress: float, peak: float) -> float:
    """Linear rise over the first 15 %, then linear fall to zero."""
    if progress < WARMUP_SHARE:
        return peak * (0.1 + 0.9 * progress / WARMUP_SHARE)
    return peak * max(0.0, (1 - progress) / (1 - WARMUP_SHARE))


class MovingAverage:
    """Exponential moving average of all weights and buffers."""

    def __init__(self, network: nn.Module):
        self.state = {k: v.detach().clone() for k, v in network.state_dict().items()}
        self.steps = 0

    @torch.no_grad()
    def update(self, network: nn.Module, every: int) -> None:
        self.steps += every
        decay = math.exp(-every / min(EMA_DECAY_STEPS, 1 + self.steps / 8))
        for key, value in network.state_dict().items():
            if value.is_floating_point():
                self.state[key].lerp_(value, 1 - decay)
            else:
                self.state[key].copy_(value)


@torch.no_grad()
def accuracy(network: nn.Module, pixels: torch.Tensor, labels: torch.Tensor) -> float:
    network.eval()
    hits = 0
    for start in range(0, len(pixels), 500):
        logits = network(cifar10.normalize(pixels[start:start + 500]).to(memory_format=torch.channels_last))
        hits += (logits.argmax(1) == labels[start:start + 500]).sum().item()
    network.train()
    return hits / len(pixels)


def average_gradients(parameters: list[torch.Tensor]) -> None:
    flat = torch.cat([p.grad.reshape(-1) for p in parameters])
    distributed.all_reduce(flat)
    flat /= PROCESSES
    offset = 0
    for parameter in parameters:
        parameter.grad.copy_(flat[offset:offset + parameter.numel()].view_as(parameter.grad))
        offset += parameter.numel()


def worker(rank: int, arguments: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    store = distributed.FileStore(arguments.store, PROCESSES)
    distributed.init_process_group("gloo", store=store, rank=rank, world_size=PROCESSES)
    pixels, labels = cifar10.load(arguments.data, "train")
    if arguments.hold_out:
        # Every tenth picture of each class is kept for validation.
        kept = torch.arange(len(pixels)) % 10 == 0
        held, held_labels = pixels[kept], labels[kept]
        pixels, labels = pixels[~kept], labels[~kept]
    else:
        held, held_labels = cifar10.load(arguments.data, "test")
    network = Network()
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start))
    else:
        whiten_first_convolution(network, cifar10.normalize(pixels[::25]))
    network = network.to(memory_format=torch.channels_last).train()
    parameters = list(network.parameters())
    optimizer = torch.optim.SGD(
        [{"params": [p for p in parameters if p.dim() > 1], "weight_decay": arguments.weight_decay},
         {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0}],
        lr=0.1, momentum=0.9, nesterov=True)
    loss_function = nn.CrossEntropyLoss(label_smoothing=0.1)
    average = MovingAverage(network)
    flip_offset = torch.randint(0, 2, (len(pixels),))
    steps_per_epoch = len(pixels) // arguments.batch
    share = arguments.batch // PROCESSES
    step, epoch, progress, began = 0, 0, 0.0, time.time()
    while progress < 1:
        order = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(arguments.seed + 1000 + epoch))
        torch.manual_seed(arguments.seed + 7919 * (epoch + 1) + rank)
        loss_sum = torch.zeros(())
        for index in range(steps_per_epoch):
            clock = torch.tensor([(time.time() - began) / (60 * arguments.minutes) if arguments.minutes
                                  else step / (steps_per_epoch * arguments.epochs)], dtype=torch.float64)
            if arguments.minutes:
                distributed.broadcast(clock, 0)
            progress = clock.item()
            if progress >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(progress, arguments.peak)
            chosen = order[index * arguments.batch + rank * share:][:share]
            flip = alternating_flip(chosen, flip_offset, epoch)
            # The last tenth trains on whole pictures: the network meets what it will be asked about.
            images = augment(cifar10.normalize(pixels[chosen]), flip, cutout=8 if progress < 0.9 else 0)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(images.contiguous(memory_format=torch.channels_last))
            loss = loss_function(logits.float(), labels[chosen])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            average_gradients(parameters)
            optimizer.step()
            loss_sum += loss.detach()
            step += 1
            if step % 5 == 0:
                average.update(network, 5)
        epoch += 1
        if rank == 0:
            line = (f"epoch {epoch} progress {progress:.3f} loss {loss_sum.item() / max(1, index + 1):.4f} "
                    f"minutes {(time.time() - began) / 60:.1f}")
            if epoch % 5 == 0 or progress >= 1:
                torch.save(average.state, arguments.out)
                shadow = Network().to(memory_format=torch.channels_last)
                shadow.load_state_dict(average.state)
                line += f" accuracy {accuracy(shadow, held, held_labels):.4f}"
            print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.zip and test.zip")
    parser.add_argument("--out", type=Path, required=True, help="file that receives the averaged weights")
    parser.add_argument("--epochs", type=float, default=60)
    parser.add_argument("--minutes", type=float, help="follow the clock instead of counting epochs")
    parser.add_argument("--start", type=Path, help="weights to go on from, with a new learning-rate cycle")
    parser.add_argument("--batch", type=int, default=256, help="pictures a step, over both processes")
    parser.add_argument("--peak", type=float, default=0.3, help="highest learning rate")
    parser.add_argument("--weight-decay", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-out", action="store_true", help="validate on a tenth of the training set")
    arguments = parser.parse_args()
    arguments.store = str(arguments.out) + f".{os.getpid()}.rendezvous"
    torch.multiprocessing.spawn(worker, (arguments,), nprocs=PROCESSES)
    Path(arguments.store).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
