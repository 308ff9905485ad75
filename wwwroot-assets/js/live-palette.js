// Colours and type of the live charts, read from the page's tokens once a theme.
import { token } from './apexcharts.js';

const seriesTokens = 6;

export function paletteOf() {
  const colors = ['queue', 'decode', 'resize', 'normalize', 'network', 'inference', 'postprocess', 'upload', 'render', 'other'];
  return {
    ink: token('--ink'), soft: token('--ink-soft'), line: token('--line'), lineStrong: token('--line-strong'), surface: token('--surface'), accent: token('--accent'),
    font: token('--font'),
    series: Array.from({ length: seriesTokens }, (_, index) => token(`--series-${index + 1}`)),
    stages: Object.fromEntries(colors.map(name => [name, token(`--stage-${name}`)])),
  };
}

/** The canvas cleared, in the size in which it is shown and sharp on its screen; null where it is not shown. */
export function surfaceOf(canvas, palette) {
  const { clientWidth: width, clientHeight: height } = canvas.parentElement;
  if (width === 0 || height === 0) {
    return null;
  }
  const scale = devicePixelRatio;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const context = canvas.getContext('2d');
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { context, width, height, rem, type: (size, weight = 400) => { context.font = `${weight} ${size * rem}px ${palette.font}`; } };
}

/** Three significant digits, without zeros that say nothing. */
export const figure = value => threeDigits.format(value);
const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
