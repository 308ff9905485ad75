"""The embedded models: the base and the smaller ones that are made from it."""

# Channels of the first convolution and of the three stages: 28.7 M, 13.7 M and 7.3 M multiply-adds; the base has 150.7 M.
STUDENTS = {
    "small": (16, 32, 64, 128),
    "distilled": (16, 16, 48, 96),
    "nano": (8, 16, 32, 64),
}

# Title and origin of each.
MODELS = {
    "cifar10_resnet9": ("CIFAR-10 ResNet-9", "trained by models/training/train.py, then taught by its earlier cycles with distill.py"),
    "cifar10_resnet9_pruned": ("CIFAR-10 ResNet-9, pruned", "the base, cut by `latencylab prune`, fine-tuned by models/training/distill.py"),
    "cifar10_resnet9_lean": ("CIFAR-10 ResNet-9, lean", "the base, cut twice by `latencylab prune`, fine-tuned by models/training/distill.py"),
    "cifar10_resnet9_small": ("CIFAR-10 ResNet-9, small", "taught by the base with models/training/distill.py"),
    "cifar10_resnet9_distilled": ("CIFAR-10 ResNet-9, distilled", "taught by the base with models/training/distill.py"),
    "cifar10_resnet9_nano": ("CIFAR-10 ResNet-9, nano", "taught by the base with models/training/distill.py"),
}
