"""Gradients averaged between processes of one machine through shared memory."""
import torch
import torch.multiprocessing as multiprocessing


class SharedGradients:
    """Two turns of buffers, so that one barrier a step is enough."""

    def __init__(self, processes: int, length: int):
        self.buffers = torch.zeros(2, processes, length).share_memory_()
        self.clock = torch.zeros(1, dtype=torch.float64).share_memory_()
        self.barrier = multiprocessing.get_context("spawn").Barrier(processes)
        self.turn = 0

    def average(self, rank: int, parameters: list[torch.Tensor]) -> None:
        self.turn ^= 1
        buffers = self.buffers[self.turn]
        torch.cat([p.grad.reshape(-1) for p in parameters], out=buffers[rank])
        self.barrier.wait()
        mean = buffers.mean(0)
        offset = 0
        for parameter in parameters:
            parameter.grad.copy_(mean[offset:offset + parameter.numel()].view_as(parameter.grad))
            offset += parameter.numel()

    def agree(self, value: float) -> float:
        """The value of whichever process came last, the same in all of them."""
        self.clock[0] = value
        self.barrier.wait()
        agreed = self.clock.item()
        self.barrier.wait()
        return agreed
