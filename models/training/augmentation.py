"""Batch-wise augmentation on uint8 pixels: random crop, alternating flip, cutout."""
import torch
from torch.nn import functional


def augment(pixels: torch.Tensor, flip: torch.Tensor, padding: int = 4, cutout: int = 8) -> torch.Tensor:
    """float32 [N,3,S,S] normalized pixels -> the same shape, every picture shifted, flipped and cut out by itself."""
    count, _, height, width = pixels.shape
    padded = functional.pad(pixels, (padding,) * 4, mode="reflect")
    top = torch.randint(0, 2 * padding + 1, (count, 1, 1))
    left = torch.randint(0, 2 * padding + 1, (count, 1, 1))
    rows = top + torch.arange(height).view(1, -1, 1)
    columns = left + torch.arange(width).view(1, 1, -1)
    columns = torch.where(flip.view(-1, 1, 1), columns.flip(2), columns)
    picture = torch.arange(count).view(-1, 1, 1)
    out = padded.permute(0, 2, 3, 1)[picture, rows, columns]
    y = torch.randint(0, height, (count, 1, 1)) - cutout // 2
    x = torch.randint(0, width, (count, 1, 1)) - cutout // 2
    row = torch.arange(height).view(1, -1, 1)
    column = torch.arange(width).view(1, 1, -1)
    hole = (row >= y) & (row < y + cutout) & (column >= x) & (column < x + cutout)
    return out.masked_fill(hole.unsqueeze(3), 0.0).permute(0, 3, 1, 2)


def alternating_flip(order: torch.Tensor, offset: torch.Tensor, epoch: int) -> torch.Tensor:
    """Every picture is mirrored in every other epoch: no picture is seen unmirrored twice in a row."""
    return (offset[order] + epoch) % 2 == 1
