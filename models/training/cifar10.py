"""CIFAR-10 as tensors: reads the packed JPEG zips (entries `<class>/NNNN.jpg`)."""
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from PIL import Image

CLASSES = ["airplane", "automobile", "bird", "cat", "deer",
           "dog", "frog", "horse", "ship", "truck"]

# Channel statistics of the decoded training pixels, scaled to 0..1.
MEAN = (0.4913, 0.4821, 0.4465)
STD = (0.2452, 0.2428, 0.2606)


def load(folder: Path, split: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns (uint8 [N,3,32,32] pixels, int64 [N] labels) of `train` or `test`."""
    with zipfile.ZipFile(Path(folder) / f"{split}.zip") as archive:
        names = sorted(n for n in archive.namelist() if n.endswith((".jpg", ".png")))
        files = [archive.read(n) for n in names]
    with ThreadPoolExecutor(2) as pool:
        pixels = list(pool.map(_decode, files))
    labels = [CLASSES.index(n.split("/")[-2]) for n in names]
    return (torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).contiguous(),
            torch.tensor(labels))


def normalize(pixels: torch.Tensor) -> torch.Tensor:
    """uint8 [N,3,H,W] -> float32, the preprocessing of the model card."""
    mean = torch.tensor(MEAN).view(1, 3, 1, 1)
    std = torch.tensor(STD).view(1, 3, 1, 1)
    return (pixels.float() / 255 - mean) / std


def _decode(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
