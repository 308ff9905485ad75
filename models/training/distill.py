"""Trains networks to answer as their teachers do. All of them learn from the same pictures, so that the teachers answer once.

    python3 distill.py --data DIR --teachers base.pt --out FOLDER [--pruned pruned.onnx] [--minutes 40]
    python3 distill.py --data DIR --teachers one.pt two.pt --out FOLDER --students --start base=average.pt

The students of zoo.py start from scratch; with --pruned, the base that `latencylab prune` has cut is fine-tuned beside them; --start
goes on from weights, so that the cycles of one network become teachers of the next. Of two teachers, the second sees the mirrored
picture. Some pictures are blended with another one: teachers have more to say about what they have not learned by heart.
FOLDER receives NAME.pt for each. Methods: Hinton et al., "Distilling the Knowledge in a Neural Network" (2015); Beyer et al.,
"Knowledge distillation: A good teacher is patient and consistent" (2022).
"""
import argparse
import time
from pathlib import Path

import torch
import torch.multiprocessing as multiprocessing
from torch.nn import functional

import cifar10
import pruned
from augmentation import alternating_flip, augment
from network import Network, whiten_first_convolution
from shared_gradients import SharedGradients
from train import PROCESSES
from trainee import Trainee, accuracy, learning_rate
from zoo import STUDENTS

TEMPERATURE = 2.0
TEACHER_SHARE = 0.9
# A network that has learned already needs less of a shake than one that starts from nothing.
STARTED_PEAK_SHARE = 0.5


def blend(images: torch.Tensor, blended_share: float) -> tuple[torch.Tensor, int]:
    """Blends the first pictures of a batch, each with another one; returns how many were."""
    count = int(len(images) * blended_share)
    share = torch.rand(count, 1, 1, 1) * 0.5
    images[:count] = (1 - share) * images[:count] + share * images[torch.randperm(len(images))[:count]]
    return images, count


def answer(teachers: list[Network], images: torch.Tensor) -> torch.Tensor:
    """The mean of the teachers' softened answers; every other one sees the pictures mirrored."""
    return torch.stack([
        functional.softmax(teacher(images.flip(3) if index % 2 else images).float() / TEMPERATURE, 1)
        for index, teacher in enumerate(teachers)]).mean(0)


def loss_of(logits: torch.Tensor, taught: torch.Tensor, labels: torch.Tensor, blended: int) -> torch.Tensor:
    """The teachers' answer and, for pictures that are not blended, the label, weighted."""
    soft = functional.kl_div(functional.log_softmax(logits / TEMPERATURE, 1), taught, reduction="batchmean")
    hard = functional.cross_entropy(logits[blended:], labels[blended:])
    return TEACHER_SHARE * TEMPERATURE ** 2 * soft + (1 - TEACHER_SHARE) * hard


def students(arguments: argparse.Namespace, pixels: torch.Tensor) -> dict[str, Network]:
    torch.manual_seed(arguments.seed)
    networks = {}
    for name in arguments.students:
        networks[name] = Network(STUDENTS[name])
        whiten_first_convolution(networks[name], cifar10.normalize(pixels[::25]))
    if arguments.pruned:
        networks["pruned"] = pruned.read(arguments.pruned)
    for name, weights in (start.split("=", 1) for start in arguments.start):
        networks[name] = Network.of(torch.load(weights))
    return networks


def worker(rank: int, arguments: argparse.Namespace, gradients: SharedGradients) -> None:
    torch.set_num_threads(1)
    pixels, labels = cifar10.load(arguments.data, "train")
    held, held_labels = cifar10.load(arguments.data, "test")
    teachers = [Network.of(torch.load(path)).to(memory_format=torch.channels_last).eval() for path in arguments.teachers]
    trainees = {name: Trainee(network, arguments.weight_decay, arguments.average_steps)
                for name, network in students(arguments, pixels).items()}
    parameters = [p for trainee in trainees.values() for p in trainee.parameters]
    flip_offset = torch.randint(0, 2, (len(pixels),))
    share = arguments.batch // PROCESSES
    steps_per_epoch = len(pixels) // arguments.batch
    epoch, progress, began = 0, 0.0, time.time()
    while progress < 1:
        order = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(arguments.seed + 1000 + epoch))
        torch.manual_seed(arguments.seed + 7919 * (epoch + 1) + rank)
        for index in range(steps_per_epoch):
            progress = gradients.agree((time.time() - began) / (60 * arguments.minutes)) if arguments.minutes \
                else (epoch + index / steps_per_epoch) / arguments.epochs
            if progress >= 1:
                break
            chosen = order[index * arguments.batch + rank * share:][:share]
            images, blended = blend(augment(
                cifar10.normalize(pixels[chosen]), alternating_flip(chosen, flip_offset, epoch), cutout=arguments.cutout),
                arguments.blended_share)
            images = images.contiguous(memory_format=torch.channels_last)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                with torch.no_grad():
                    taught = answer(teachers, images)
                answers = {name: trainee.network(images) for name, trainee in trainees.items()}
            sum(loss_of(logits.float(), taught, labels[chosen], blended) for logits in answers.values()).backward()
            gradients.average(rank, parameters)
            for name, trainee in trainees.items():
                trainee.step(learning_rate(progress, arguments.peak * (1 if name in arguments.students else STARTED_PEAK_SHARE)))
        epoch += 1
        if rank == 0:
            line = f"epoch {epoch} progress {progress:.3f} minutes {(time.time() - began) / 60:.1f}"
            if epoch % 5 == 0 or progress >= 1:
                for name, trainee in trainees.items():
                    torch.save(trainee.average, arguments.out / f"{name}.pt")
                    line += f" {name} {accuracy(Network.of(trainee.average), held, held_labels):.4f}"
            print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.zip and test.zip")
    parser.add_argument("--teachers", type=Path, nargs="+", required=True, help="weights of the base, from train.py")
    parser.add_argument("--out", type=Path, required=True, help="folder that receives the weights")
    parser.add_argument("--pruned", type=Path, help="ONNX file that `latencylab prune` wrote")
    parser.add_argument("--start", nargs="*", default=[], metavar="NAME=WEIGHTS", help="networks to go on with")
    parser.add_argument("--cutout", type=int, default=0, help="side of the cut-out square in pixels")
    parser.add_argument("--blended-share", type=float, default=0.5, help="share of the pictures that are blended with another one")
    parser.add_argument("--students", nargs="*", default=list(STUDENTS), choices=list(STUDENTS))
    parser.add_argument("--epochs", type=float, default=60)
    parser.add_argument("--minutes", type=float, help="follow the clock instead of counting epochs")
    parser.add_argument("--batch", type=int, default=256, help="pictures a step, over both processes")
    parser.add_argument("--peak", type=float, default=0.3, help="highest learning rate")
    parser.add_argument("--weight-decay", type=float, default=5e-4)
    parser.add_argument("--average-steps", type=float, default=400, help="time constant of the weights' moving average")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    length = sum(p.numel() for network in students(arguments, torch.zeros(500, 3, 32, 32, dtype=torch.uint8)).values()
                 for p in network.parameters())
    multiprocessing.spawn(worker, (arguments, SharedGradients(PROCESSES, length)), nprocs=PROCESSES)


if __name__ == "__main__":
    main()
