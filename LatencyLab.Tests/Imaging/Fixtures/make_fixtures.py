"""Draws the pictures of this folder and their expected pixels with Pillow (made with 9.4.0). Run once; the results are committed."""
import os

import numpy as np
from PIL import Image, ImageDraw

HERE = os.path.dirname(os.path.abspath(__file__))
RANDOM = np.random.default_rng(7)


def path(name):
    return os.path.join(HERE, name)


def draw(width, height, noise):
    """Gradients, hard edges and some noise: everything that a resampler can get wrong."""
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([255 * x / width, 255 * y / height, 127 + 127 * np.sin((x + 2 * y) / 5)], axis=2)
    pixels += RANDOM.normal(0, noise, pixels.shape)
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8), "RGB")
    pen = ImageDraw.Draw(image)
    pen.rectangle([width // 8, height // 8, width // 3, height // 3], fill=(255, 255, 255))
    pen.ellipse([width // 2, height // 2, width - 2, height - 3], fill=(250, 20, 30), outline=(0, 0, 0))
    pen.line([0, height - 1, width - 1, 0], fill=(0, 0, 0))
    return image


def short_side(image, target, width, height):
    short = min(image.size)
    size = tuple(side * target // short for side in image.size)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return image.resize(size, Image.BILINEAR).crop((left, top, left + width, top + height))


def resampling():
    for name, (width, height) in {"wide": (203, 157), "tall": (61, 97), "tiny": (19, 23), "strip": (300, 7)}.items():
        source = draw(width, height, noise=20)
        source.save(path(f"source-{name}.png"), optimize=True)
        short_side(source, 48, 40, 40).save(path(f"source-{name}.short48-crop40x40.png"), optimize=True)
        short_side(source, 37, 33, 21).save(path(f"source-{name}.short37-crop33x21.png"), optimize=True)
        source.resize((32, 32), Image.BILINEAR).save(path(f"source-{name}.stretch32x32.png"), optimize=True)
        source.resize((7, 50), Image.BILINEAR).save(path(f"source-{name}.stretch7x50.png"), optimize=True)


def formats():
    picture = draw(96, 64, noise=3)
    picture.save(path("picture.png"), optimize=True)

    def lossy(name, image=picture, **options):
        image.save(path(name), **options)
        Image.open(path(name)).convert("RGB").save(path(os.path.splitext(name)[0] + ".expected.png"), optimize=True)

    lossy("baseline.jpg", quality=90)
    lossy("progressive.jpg", quality=90, progressive=True)
    lossy("grey.jpg", picture.convert("L"), quality=90)
    lossy("lossy.webp", quality=90)
    picture.save(path("lossless.webp"), lossless=True)
    lossy("palette.gif", picture.quantize(64, dither=Image.Dither.NONE))
    other = draw(96, 64, noise=0).rotate(180)
    first = picture.quantize(64, dither=Image.Dither.NONE)
    first.save(path("animated.gif"), save_all=True, append_images=[other.quantize(64)], duration=100, loop=0)
    first.convert("RGB").save(path("animated.expected.png"), optimize=True)
    picture.save(path("animated.webp"), save_all=True, append_images=[other], duration=100, lossless=True)

    # An upright picture stored in each of the eight ways; the tag says how to turn it back.
    inverse = {
        1: None, 2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM,
        5: Image.TRANSPOSE, 6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270,
    }
    for orientation, operation in inverse.items():
        stored = picture if operation is None else picture.transpose(operation)
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored.save(path(f"orientation-{orientation}.jpg"), quality=95, subsampling=0, exif=exif)
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.transpose(Image.ROTATE_90).save(path("orientation-6.png"), exif=exif, optimize=True)
    picture.transpose(Image.ROTATE_90).save(path("orientation-6.webp"), exif=exif, lossless=True)

    # Inks without a profile and with one that is not a profile at all.
    flat = Image.new("RGB", (64, 48), (255, 255, 255))
    pen = ImageDraw.Draw(flat)
    for index, colour in enumerate([(0, 255, 255), (255, 0, 255), (255, 255, 0), (0, 0, 0)]):
        pen.rectangle([index * 12 + 8, 8, index * 12 + 19, 40], fill=colour)
    cmyk = flat.convert("CMYK")
    cmyk.save(path("cmyk.jpg"), quality=95, subsampling=0)
    garbage = bytes(RANDOM.integers(0, 256, 600, dtype=np.uint8))
    cmyk.save(path("cmyk-broken-profile.jpg"), quality=95, subsampling=0, icc_profile=garbage)
    # Right signature and header, nothing sensible after it.
    header = bytearray(600)
    header[0:4] = (600).to_bytes(4, "big")
    header[8:12] = bytes([4, 32, 0, 0])
    header[12:24] = b"prtrCMYKLab "
    header[36:40] = b"acsp"
    header[128:132] = (9).to_bytes(4, "big")
    header[132:] = garbage[132:]
    cmyk.save(path("cmyk-damaged-profile.jpg"), quality=95, subsampling=0, icc_profile=bytes(header))
    picture.save(path("broken-profile.jpg"), quality=90, icc_profile=garbage)


def unsupported():
    small = draw(16, 16, noise=0)
    small.save(path("unsupported.bmp"))
    small.save(path("unsupported.tif"))
    with open(path("unsupported.svg"), "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>\n')


resampling()
formats()
unsupported()
draw(1200, 900, noise=0).save(path("large.jpg"), quality=70, optimize=True)
