// The live charts. A frame costs one message and one drawing; nothing is kept beyond the span that is shown. Drawn on canvases: ApexCharts
// builds its whole drawing anew for every change, which at five a second would be load of its own on the machine that is measured.
import { onAppearance } from './apexcharts.js';
import { required } from './element.js';
import { drawHistogram } from './live-histogram.js';
import { drawLines } from './live-lines.js';
import { paletteOf } from './live-palette.js';
import { drawStages } from './live-stages.js';

const shortestSpanSeconds = 30;

export function create(root, setup) {
  required(root);
  const canvas = name => root.querySelector(`canvas[data-chart=${name}]`);
  let variants = setup.variants;
  let frames = [];
  let latest = null;
  let palette = paletteOf();
  let pending = 0;
  let received = 0;

  function draw() {
    pending = 0;
    const end = latest?.seconds ?? 0;
    // A run that has just begun fills the charts all the same.
    const span = { seconds: Math.min(setup.spanSeconds, Math.max(shortestSpanSeconds, end - (frames[0]?.seconds ?? end))), end };
    const named = variants.map((variant, index) => ({ ...variant, color: palette.series[index % palette.series.length], figures: latest?.variants[index] }));
    drawLines(canvas('latency'), palette, span, {
      series: named.flatMap((variant, index) => latencyLines(variant, frames, index)), log: true, unit: 'ms', name: 'Latency in milliseconds',
    });
    drawLines(canvas('throughput'), palette, span, {
      series: [
        { points: frames.map(frame => [frame.seconds, frame.targetRps]), color: palette.soft, width: 1.5, dash: [4, 4], label: 'asked' },
        ...named.map((variant, index) => ({ points: frames.map(frame => [frame.seconds, achieved(frame.variants[index])]), color: variant.color, width: 2.5, label: variant.title })),
      ],
      unit: '/s', floor: 1, name: 'Answers a second',
    });
    drawLines(canvas('cpu'), palette, span, { series: [{ points: frames.map(frame => [frame.seconds, frame.cpuPercent]), color: palette.accent, width: 2, fill: true }], unit: '%', ceiling: 100 });
    drawLines(canvas('memory'), palette, span, { series: [{ points: frames.map(frame => [frame.seconds, frame.memoryBytes / 1e6]), color: palette.accent, width: 2, fill: true }], unit: 'MB', floor: 100 });
    drawStages(canvas('stages'), palette, named);
    drawHistogram(canvas('histogram'), palette, named, setup);
  }

  function schedule() {
    pending ||= requestAnimationFrame(draw);
  }

  const ignore = onAppearance(root, () => {
    palette = paletteOf();
    schedule();
  });
  const resizing = new ResizeObserver(schedule);
  root.querySelectorAll('canvas').forEach(element => resizing.observe(element.parentElement));
  schedule();

  return {
    /** Begins anew with what was before; frames and variants of another run are forgotten. */
    reset(nextVariants, text) {
      variants = nextVariants;
      palette = paletteOf();
      const before = JSON.parse(text);
      latest = before.at(-1) ?? null;
      frames = before.map(linesOf);
      schedule();
    },
    /** The next frame. */
    push(text) {
      latest = JSON.parse(text);
      frames.push(linesOf(latest));
      while (frames.length > setup.maxFrames || frames[0].seconds < frames.at(-1).seconds - setup.spanSeconds) {
        frames.shift();
      }
      received += 1;
      root.dataset.received = received;
      schedule();
    },
    dispose() {
      cancelAnimationFrame(pending);
      resizing.disconnect();
      ignore();
      frames = [];
      latest = null;
    },
  };
}

/** What the lines need of a frame; stages and buckets are shown of the latest only. */
function linesOf({ seconds, targetRps, cpuPercent, memoryBytes, variants }) {
  return {
    seconds, targetRps, cpuPercent, memoryBytes,
    variants: variants.map(({ p50Ms, p95Ms, p99Ms, offeredRps, achievedRps }) => ({ p50Ms, p95Ms, p99Ms, offeredRps, achievedRps })),
  };
}

function latencyLines(variant, frames, index) {
  const points = name => frames.map(frame => [frame.seconds, frame.variants[index]?.[name]]);
  const [p50, p95, p99] = [points('p50Ms'), points('p95Ms'), points('p99Ms')];
  return [
    { points: p95, above: p50, color: variant.color, width: 1.25, alpha: 0.85 },
    { points: p99, color: variant.color, width: 1.25, alpha: 0.85, dash: [2, 3] },
    { points: p50, color: variant.color, width: 3, label: variant.title },
  ];
}

// Before a variant's first turn there is no rate, rather than one of nothing.
function achieved(figures) {
  return figures?.offeredRps > 0 ? figures.achievedRps : undefined;
}
