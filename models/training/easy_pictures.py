"""Skips half of the pictures that the network already knows, without bias.

Method: Qin et al., "InfoBatch: Lossless Training Speed Up by Unbiased Dynamic Data Pruning" (ICLR 2024): in every epoch a
random half of the pictures whose last loss was below the mean is left out, and the other half counts twice.
"""
import torch

SKIPPED_SHARE = 0.5


class EasyPictures:
    """The last loss of every picture, shared between the processes."""

    def __init__(self, pictures: int, barrier):
        self.losses = torch.full((pictures,), float("inf")).share_memory_()
        self.barrier = barrier

    def note(self, chosen: torch.Tensor, losses: torch.Tensor) -> None:
        self.losses[chosen] = losses.detach()

    def choose(self, pictures: int, seed: int, skip: bool) -> tuple[torch.Tensor, torch.Tensor]:
        """The shuffled pictures of an epoch, the same in every process, and the weight of each picture by its index."""
        self.barrier.wait()
        losses = self.losses[:pictures].clone()
        self.barrier.wait()
        generator = torch.Generator().manual_seed(seed)
        order = torch.randperm(pictures, generator=generator)
        draw = torch.rand(pictures, generator=generator)
        weights = torch.ones(pictures)
        seen = losses.isfinite()
        if not skip or not seen.any():
            return order, weights
        easy = losses < losses[seen].mean()
        weights[easy] = 1 / (1 - SKIPPED_SHARE)
        skipped = easy & (draw < SKIPPED_SHARE)
        return order[~skipped[order]], weights
