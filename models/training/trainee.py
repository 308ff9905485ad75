"""A network in training: its optimizer, its learning rate and the moving average of its weights."""
import math

import torch
from torch import nn

import cifar10

WARMUP_SHARE = 0.15
AVERAGE_EVERY = 5


def learning_rate(progress: float, peak: float) -> float:
    """Linear rise over the first 15 %, then linear fall to zero."""
    if progress < WARMUP_SHARE:
        return peak * (0.1 + 0.9 * progress / WARMUP_SHARE)
    return peak * max(0.0, (1 - progress) / (1 - WARMUP_SHARE))


class Trainee:
    """Nesterov SGD, weight decay on weights only, and an exponential moving average of all weights and buffers."""

    def __init__(self, network: nn.Module, weight_decay: float, average_steps: float):
        self.network = network.to(memory_format=torch.channels_last).train()
        self.parameters = list(network.parameters())
        self.optimizer = torch.optim.SGD(
            [{"params": [p for p in self.parameters if p.dim() > 1], "weight_decay": weight_decay},
             {"params": [p for p in self.parameters if p.dim() == 1], "weight_decay": 0.0}],
            lr=0.1, momentum=0.9, nesterov=True)
        self.average = {k: v.detach().clone() for k, v in network.state_dict().items()}
        self.average_steps = average_steps
        self.steps = 0

    def step(self, rate: float) -> None:
        """Applies the gradients and forgets them."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.steps += 1
        if self.steps % AVERAGE_EVERY == 0:
            self._update_average()

    @torch.no_grad()
    def _update_average(self) -> None:
        decay = math.exp(-AVERAGE_EVERY / min(self.average_steps, 1 + self.steps / 8))
        for key, value in self.network.state_dict().items():
            if value.is_floating_point():
                self.average[key].lerp_(value, 1 - decay)
            else:
                self.average[key].copy_(value)


@torch.no_grad()
def accuracy(network: nn.Module, pixels: torch.Tensor, labels: torch.Tensor) -> float:
    """Share of pictures whose best class is the right one."""
    network = network.to(memory_format=torch.channels_last).eval()
    hits = 0
    for start in range(0, len(pixels), 500):
        logits = network(cifar10.normalize(pixels[start:start + 500]).to(memory_format=torch.channels_last))
        hits += (logits.argmax(1) == labels[start:start + 500]).sum().item()
    return hits / len(pixels)
