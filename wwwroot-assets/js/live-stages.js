// Where each variant's time goes: one bar a variant, one part a stage, as wide as its mean.
import { figure, surfaceOf } from './live-palette.js';

export function drawStages(canvas, palette, variants) {
  const surface = surfaceOf(canvas, palette);
  if (!surface) {
    return;
  }
  const { context, rem, width, height, type } = surface;
  const totals = variants.map(variant => (variant.figures?.stages ?? []).reduce((sum, stage) => sum + stage.meanMs, 0));
  const longest = Math.max(...totals, Number.EPSILON);
  type(0.875, 600);
  const left = Math.min(0.35 * width, Math.max(0, ...variants.map(variant => context.measureText(variant.title).width)) + 0.75 * rem);
  const room = width - left - 5 * rem;
  const row = height / Math.max(1, variants.length);
  const thick = Math.min(2.25 * rem, 0.62 * row);

  variants.forEach((variant, index) => {
    const middle = (index + 0.5) * row;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    type(0.875, 600);
    context.fillStyle = palette.ink;
    context.fillText(variant.title, 0, middle, left - 0.5 * rem);
    let at = left;
    for (const { stage, meanMs } of variant.figures?.stages ?? []) {
      const wide = meanMs / longest * room;
      context.fillStyle = palette.stages[stage] ?? palette.soft;
      context.fillRect(at, middle - thick / 2, Math.max(0, wide - 1), thick);
      at += wide;
    }
    type(0.875, 600);
    context.fillStyle = palette.ink;
    context.fillText(totals[index] > 0 ? `${figure(totals[index])}\u2009ms` : '', at + 0.5 * rem, middle);
  });
}
