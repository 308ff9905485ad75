"""The embedded classifier: a small residual network (ResNet-9 layout at half width)."""
import torch
from torch import nn

from small_map_convolution import SmallMapConvolution

WIDTHS = (32, 64, 160, 320)


class ConvUnit(nn.Sequential):
    """3x3 convolution, batch normalization, ReLU."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__(
            SmallMapConvolution(inputs, outputs),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True))


class Residual(nn.Module):
    """x + two ConvUnits; no activation after the sum, so that INT8 runtimes fuse all of it."""

    def __init__(self, channels: int, inner: int):
        super().__init__()
        self.first = ConvUnit(channels, inner)
        self.second = ConvUnit(inner, channels)

    def forward(self, x):
        return x + self.second(self.first(x))


class Network(nn.Module):
    """[N,3,32,32] normalized pixels -> [N,10] logits. The default is the base: 2.95 M parameters, 151 M multiply-adds.

    `widths` are the channels of the first convolution and of the three stages, `inner` those inside the stages' residual blocks.
    """

    LOGIT_SCALE = 0.125

    def __init__(self, widths=WIDTHS, inner=None, classes: int = 10):
        super().__init__()
        a, b, c, d = widths
        b_inner, c_inner, d_inner = inner or widths[1:]
        self.features = nn.Sequential(
            ConvUnit(3, a),
            ConvUnit(a, b), nn.MaxPool2d(2), Residual(b, b_inner),
            ConvUnit(b, c), nn.MaxPool2d(2), Residual(c, c_inner),
            ConvUnit(c, d), nn.MaxPool2d(2), Residual(d, d_inner))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(d, classes, bias=False)
        self.scale = self.LOGIT_SCALE

    @staticmethod
    def of(state: dict) -> "Network":
        """The network of saved weights; its widths follow from their shapes."""
        widths = [state[f"features.{unit}.0.weight"].shape[0] for unit in (0, 1, 4, 7)]
        inner = [state[f"features.{unit}.first.0.weight"].shape[0] for unit in (3, 6, 9)]
        network = Network(widths, inner, classes=state["classifier.weight"].shape[0])
        network.load_state_dict(state)
        return network

    @property
    def widths(self) -> str:
        """Channels of all convolutions in order, for people."""
        return "-".join(str(m.out_channels) for m in self.modules() if isinstance(m, nn.Conv2d))

    def forward(self, x):
        x = self.pool(self.features(x)).flatten(1)
        return self.classifier(x) * self.scale

    def fold_logit_scale(self) -> "Network":
        """Moves the logit scale into the classifier's weights, for export."""
        with torch.no_grad():
            self.classifier.weight.mul_(self.scale)
        self.scale = 1.0
        return self


@torch.no_grad()
def whiten_first_convolution(network: Network, images: torch.Tensor) -> None:
    """Starts the first convolution from the principal components of 3x3 image patches, and their negatives.

    The idea is that of K. Jordan, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU" (2024), there with 2x2 patches.
    The filters stay trainable here.
    """
    convolution = network.features[0][0]
    patches = images.unfold(2, 3, 1).unfold(3, 3, 1).permute(0, 2, 3, 1, 4, 5).reshape(-1, 27)
    values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
    half = convolution.out_channels // 2
    top = (vectors / (values + 1e-3).sqrt()).T.flip(0)[:half].reshape(half, 3, 3, 3)
    convolution.weight.copy_(torch.cat([top, -top]) / 4)
