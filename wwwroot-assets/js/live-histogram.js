// How the latencies of the window are spread: the share of answers in each bucket, on a logarithmic axis.
import { figure, surfaceOf } from './live-palette.js';

export function drawHistogram(canvas, palette, variants, { lowestMs, bucketsPerDecade }) {
  const surface = surfaceOf(canvas, palette);
  if (!surface) {
    return;
  }
  const { context, rem, width, height, type } = surface;
  const shapes = variants.filter(variant => variant.figures?.buckets.length > 0).map(({ color, figures: { firstBucket, buckets } }) => {
    const all = buckets.reduce((sum, count) => sum + count, 0);
    return { color, first: firstBucket, shares: buckets.map(count => count / all) };
  });
  const plot = { left: 0.25 * rem, right: width - 0.25 * rem, top: 0.6 * rem, bottom: height - 1.5 * rem };
  // A decade and a half at least, so that the picture does not jump between almost equal answers.
  const first = Math.min(...shapes.map(shape => shape.first), Infinity);
  const from = Number.isFinite(first) ? first - 1 : bucketsPerDecade;
  const to = Math.max(from + 1.5 * bucketsPerDecade, ...shapes.map(shape => shape.first + shape.shares.length + 1));
  const most = Math.max(...shapes.flatMap(shape => shape.shares), 0.05);
  const x = bucket => plot.left + (bucket - from) / (to - from) * (plot.right - plot.left);
  const y = share => plot.bottom - share / most * (plot.bottom - plot.top);

  type(0.8125);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  let free = 0;
  for (let power = -1; power <= 4; power += 1) {
    for (const factor of [1, 2, 5]) {
      const bucket = bucketsPerDecade * Math.log10(factor * 10 ** power / lowestMs);
      if (bucket >= from && bucket <= to) {
        context.strokeStyle = palette.line;
        context.beginPath();
        context.moveTo(x(bucket), plot.top);
        context.lineTo(x(bucket), plot.bottom);
        context.stroke();
        context.fillStyle = palette.soft;
        const text = `${figure(factor * 10 ** power)}\u2009ms`;
        const half = context.measureText(text).width / 2;
        const at = Math.min(Math.max(x(bucket), half), width - half);
        if (at - half >= free) {
          context.fillText(text, at, plot.bottom + 1.15 * rem);
          free = at + half + 0.5 * rem;
        }
      }
    }
  }
  for (const shape of shapes) {
    context.beginPath();
    context.moveTo(x(shape.first), plot.bottom);
    shape.shares.forEach((share, index) => {
      context.lineTo(x(shape.first + index), y(share));
      context.lineTo(x(shape.first + index + 1), y(share));
    });
    context.lineTo(x(shape.first + shape.shares.length), plot.bottom);
    context.fillStyle = context.strokeStyle = shape.color;
    context.globalAlpha = 0.22;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.stroke();
  }
}
