"""Trains the embedded CIFAR-10 classifier on two CPU cores and writes its weights.

    python3 train.py --data DIR --out base.pt [--epochs 60 | --minutes 100]

Two single-threaded processes average their gradients through shared memory (faster than one process
with two threads), under bfloat16 autocast. Pictures that the network already knows are seen half as
often with twice the weight. With --minutes the learning-rate schedule follows the clock, so that a
disturbed machine ends on time with a complete schedule. The weights written are an exponential
moving average; nothing is chosen by test accuracy.
"""
import argparse
import time
from pathlib import Path

import torch
import torch.multiprocessing as multiprocessing
from torch import nn

import cifar10
from augmentation import alternating_flip, augment
from easy_pictures import EasyPictures
from network import Network, whiten_first_convolution
from shared_gradients import SharedGradients
from trainee import Trainee, accuracy, learning_rate

PROCESSES = 2
FULL_EPOCHS_FROM = 0.875


def worker(rank: int, arguments: argparse.Namespace, gradients: SharedGradients, easy: EasyPictures) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
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
    trainee = Trainee(network, arguments.weight_decay, arguments.average_steps)
    loss_function = nn.CrossEntropyLoss(label_smoothing=0.1, reduction="none")
    flip_offset = torch.randint(0, 2, (len(pixels),))
    share = arguments.batch // PROCESSES
    epoch, progress, began = 0, 0.0, time.time()
    while progress < 1:
        order, weights = easy.choose(len(pixels), seed=arguments.seed + 1000 + epoch, skip=progress < FULL_EPOCHS_FROM)
        steps_per_epoch = len(order) // arguments.batch
        torch.manual_seed(arguments.seed + 7919 * (epoch + 1) + rank)
        loss_sum = torch.zeros(())
        for index in range(steps_per_epoch):
            progress = gradients.agree((time.time() - began) / (60 * arguments.minutes)) if arguments.minutes \
                else (epoch + index / steps_per_epoch) / arguments.epochs
            if progress >= 1:
                break
            chosen = order[index * arguments.batch + rank * share:][:share]
            flip = alternating_flip(chosen, flip_offset, epoch)
            # The last tenth trains on whole pictures: the network meets what it will be asked about.
            images = augment(cifar10.normalize(pixels[chosen]), flip, cutout=8 if progress < 0.9 else 0)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = trainee.network(images.contiguous(memory_format=torch.channels_last))
            losses = loss_function(logits.float(), labels[chosen])
            easy.note(chosen, losses)
            loss = (losses * weights[chosen]).mean()
            loss.backward()
            gradients.average(rank, trainee.parameters)
            trainee.step(learning_rate(progress, arguments.peak))
            loss_sum += loss.detach()
        epoch += 1
        if rank == 0:
            line = (f"epoch {epoch} progress {progress:.3f} loss {loss_sum.item() / max(1, index + 1):.4f} "
                    f"minutes {(time.time() - began) / 60:.1f}")
            if epoch % 5 == 0 or progress >= 1:
                torch.save(trainee.average, arguments.out)
                line += f" accuracy {accuracy(Network.of(trainee.average), held, held_labels):.4f}"
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
    parser.add_argument("--average-steps", type=float, default=400, help="time constant of the weights' moving average")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-out", action="store_true", help="validate on a tenth of the training set")
    arguments = parser.parse_args()
    gradients = SharedGradients(PROCESSES, sum(p.numel() for p in Network().parameters()))
    multiprocessing.spawn(worker, (arguments, gradients, EasyPictures(50_000, gradients.barrier)), nprocs=PROCESSES)


if __name__ == "__main__":
    main()
