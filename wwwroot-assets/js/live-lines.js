// Lines over the last minutes, the newest at the right edge.
import { figure, surfaceOf } from './live-palette.js';

const labelSize = 0.8125;

export function drawLines(canvas, palette, span, chart) {
  const surface = surfaceOf(canvas, palette);
  if (!surface) {
    return;
  }
  const { context, rem, width, height, type } = surface;
  const scale = scaleOf(chart, Math.max(1, Math.floor((height - 2.1 * rem) / (1.5 * rem))));
  type(labelSize, 600);
  const labels = chart.series.filter(series => series.label);
  const right = labels.length > 0 ? Math.min(0.3 * width, Math.max(...labels.map(series => context.measureText(series.label).width)) + 0.75 * rem) : 0.5 * rem;
  type(labelSize);
  const left = Math.max(...scale.ticks.map(tick => context.measureText(textOf(tick, chart)).width)) + 0.6 * rem;
  const plot = { left, right: width - right, top: 0.6 * rem, bottom: height - 1.5 * rem };
  const x = seconds => plot.right - (span.end - seconds) / span.seconds * (plot.right - plot.left);
  const y = value => plot.bottom - scale.share(value) * (plot.bottom - plot.top);

  drawGrid(surface, palette, plot, scale, chart, span, y);
  context.save();
  context.beginPath();
  context.rect(plot.left, 0, plot.right - plot.left, plot.bottom);
  context.clip();
  chart.series.forEach(series => drawSeries(context, series, x, y, plot));
  context.restore();
  drawLabels(surface, labels, plot, y);
}

function drawSeries(context, series, x, y, plot) {
  const shown = series.points.map(([seconds, value], index) => ({ seconds, value, below: series.above?.[index][1] })).filter(point => Number.isFinite(point.value));
  if (shown.length === 0) {
    return;
  }
  const trace = (points, of) => points.forEach((point, index) => context[index === 0 ? 'moveTo' : 'lineTo'](x(point.seconds), of(point)));
  context.strokeStyle = context.fillStyle = series.color;
  if (series.above || series.fill) {
    context.globalAlpha = 0.14;
    context.beginPath();
    trace(shown, point => y(point.value));
    shown.reverse().forEach(point => context.lineTo(x(point.seconds), series.fill ? plot.bottom : y(point.below)));
    context.fill();
    shown.reverse();
  }
  context.globalAlpha = series.alpha ?? 1;
  context.lineWidth = series.width;
  context.lineJoin = 'round';
  context.setLineDash(series.dash ?? []);
  context.beginPath();
  trace(shown, point => y(point.value));
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawGrid({ context, rem, type }, palette, plot, scale, chart, span, y) {
  type(labelSize);
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.soft;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const tick of scale.ticks) {
    const at = Math.round(y(tick)) + 0.5;
    context.beginPath();
    context.moveTo(plot.left, at);
    context.lineTo(plot.right, at);
    context.stroke();
    context.fillText(textOf(tick, chart), plot.left - 0.4 * rem, at);
  }
  context.textBaseline = 'alphabetic';
  const room = plot.right - plot.left;
  const step = span.seconds / (room > 24 * rem ? 4 : 2);
  for (let ago = 0; ago <= span.seconds; ago += step) {
    const at = plot.right - ago / span.seconds * room;
    context.textAlign = ago === 0 ? 'right' : ago >= span.seconds ? 'left' : 'center';
    context.fillText(ago === 0 ? 'now' : `\u2212${Math.round(ago)}\u2009s`, at, plot.bottom + 1.15 * rem);
  }
}

/** Names at the ends of their lines, moved apart where they would overlap. */
function drawLabels({ context, rem, type }, labels, plot, y) {
  type(labelSize, 600);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const placed = labels
    .map(series => ({ series, at: series.points.findLast(([, value]) => Number.isFinite(value)) }))
    .filter(({ at }) => at)
    .map(({ series, at }) => ({ series, at: Math.min(Math.max(y(at[1]), plot.top), plot.bottom) }))
    .sort((one, other) => one.at - other.at);
  const distance = 1.05 * rem;
  placed.forEach((label, index) => { label.at = Math.max(label.at, index > 0 ? placed[index - 1].at + distance : label.at); });
  const over = (placed.at(-1)?.at ?? 0) - plot.bottom;
  if (over > 0) {
    placed.forEach(label => { label.at -= over; });
  }
  for (const { series, at } of placed) {
    context.fillStyle = series.color;
    context.fillText(series.label, plot.right + 0.4 * rem, at);
  }
}

function textOf(tick, chart) {
  return chart.unit === '/s' ? `${figure(tick)}/s` : `${figure(tick)}\u2009${chart.unit}`;
}

/** @param rows Ticks above the first for which there is room. */
function scaleOf(chart, rows) {
  const values = chart.series.flatMap(series => series.points.map(([, value]) => value)).filter(Number.isFinite);
  return chart.log ? logScale(values.filter(value => value > 0)) : linearScale(values, chart, Math.min(rows, 5));
}

function linearScale(values, { ceiling, floor }, rows) {
  const most = ceiling ?? Math.max(floor ?? 0, ...values) * 1.05;
  const power = 10 ** Math.floor(Math.log10(most / rows));
  const step = [1, 2, 2.5, 5, 10].find(factor => most / (factor * power) <= rows + 1e-9) * power;
  const top = Math.ceil(most / step - 1e-9) * step;
  return { ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step), share: value => value / top };
}

function logScale(values) {
  const low = values.length > 0 ? Math.min(...values) * 0.8 : 1;
  const high = Math.max(low * 4, values.length > 0 ? Math.max(...values) * 1.15 : 100);
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    const factors = high / low < 8 ? [1, 1.5, 2, 3, 4, 5, 7] : [1, 2, 5];
    ticks.push(...factors.map(factor => factor * 10 ** power).filter(tick => tick >= low && tick <= high));
  }
  const shown = ticks.length > 7 ? ticks.filter(tick => Number.isInteger(Math.log10(tick))) : ticks;
  return { ticks: shown, share: value => Math.log(value / low) / Math.log(high / low) };
}
