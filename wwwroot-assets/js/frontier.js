// Accuracy against latency over ApexCharts: one mark a configuration, and a line through those that nothing beats.
import { draw, node, token } from './apexcharts.js';

const shapes = { fp32: 'circle', int8: 'square', fp16: 'diamond' };

export function create(element, data) {
  return draw(element, data, optionsFor);
}

function optionsFor(element, data) {
  const narrow = element.clientWidth < 560;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const soft = token('--ink-soft');
  const font = token('--font');
  const frontier = data.points.filter(point => point.onFrontier).sort((left, right) => left.x - right.x);
  const precisions = [...new Set(data.points.map(point => point.precision))];
  const groups = precisions.map(precision => data.points.filter(point => point.precision === precision));
  const colors = precisions.map(precision => token(`--precision-${precision}`) || soft);
  const small = narrow ? 0.7 : 1;
  const text = { fontSize: `${0.8125 * rem}px`, fontFamily: font, color: soft, background: 'transparent' };

  return {
    chart: {
      type: 'line', height: rem * (narrow ? 20 : 24), fontFamily: font, foreColor: soft, background: 'transparent',
      toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false }, animations: { enabled: false },
      parentHeightOffset: 0, redrawOnParentResize: false, redrawOnWindowResize: false,
    },
    series: [
      ...groups.map((points, index) => ({ name: precisions[index], type: 'scatter', data: points.map(({ x, y }) => ({ x, y })) })),
      { name: 'frontier', type: 'line', data: frontier.map(({ x, y }) => ({ x, y })) },
    ],
    colors: [...colors, token('--ink-faint')],
    stroke: { width: [...groups.map(() => 0), 2], curve: 'straight' },
    fill: { type: 'solid', opacity: [...groups.map(() => 0.85), 1] },
    markers: {
      size: [...groups.map(() => 8), 0], strokeWidth: 2, strokeColors: token('--surface'), hover: { sizeOffset: 2 },
      shape: [...precisions.map(precision => shapes[precision] ?? 'triangle'), 'circle'],
      discrete: groups.flatMap((points, seriesIndex) => points.map((point, dataPointIndex) => ({
        seriesIndex, dataPointIndex, size: point.radiusPx * small, fillColor: colors[seriesIndex],
        strokeColor: token(point.onFrontier ? '--ink' : '--surface'), shape: shapes[point.precision] ?? 'triangle',
      }))),
    },
    legend: { show: false },
    grid: { borderColor: token('--line'), padding: { top: 0, right: 1.5 * rem, bottom: rem, left: 0.75 * rem } },
    xaxis: {
      type: 'numeric', min: 0, max: 1, tickAmount: 1, labels: { show: false }, axisBorder: { show: true, color: token('--line-strong') },
      axisTicks: { show: false }, crosshairs: { show: false }, tooltip: { enabled: false },
      title: { text: data.xTitle, offsetY: 1.4 * rem, style: { fontSize: `${0.8125 * rem}px`, fontWeight: 500, color: soft } },
    },
    yaxis: {
      min: data.yMin, max: data.yMax, tickAmount: 5, crosshairs: { show: false },
      labels: { formatter: value => number.format(value), style: { fontSize: `${0.8125 * rem}px`, colors: soft } },
      title: { text: narrow ? undefined : data.yTitle, style: { fontSize: `${0.8125 * rem}px`, fontWeight: 500, color: soft } },
    },
    // The axis is logarithmic: its round values are lines of their own.
    annotations: {
      xaxis: data.xTicks.map(tick => ({
        x: tick.at, strokeDashArray: 0, borderColor: token('--line'),
        label: { text: tick.text, orientation: 'horizontal', position: 'bottom', offsetY: 1.25 * rem, borderWidth: 0, style: text },
      })),
      points: narrow ? [] : apart(frontier, element, data, rem).map(point => ({
        x: point.x, y: point.y, marker: { size: 0 },
        label: { text: point.name, textAnchor: anchorOf(point), borderWidth: 0, offsetY: -point.radiusPx - 2, style: { ...text, color: token('--ink'), fontWeight: 600 } },
      })),
    },
    tooltip: {
      shared: false, intersect: true, followCursor: false,
      custom: ({ seriesIndex, dataPointIndex }) => tooltip((groups[seriesIndex] ?? frontier)[dataPointIndex]),
    },
  };
}

// At the ends of the axis the name stays inside.
function anchorOf(point) {
  return point.x < 0.2 ? 'start' : point.x > 0.8 ? 'end' : 'middle';
}

// Neighbours are often one model in two precisions: a name that would lie over another is left to the tooltip and the table.
function apart(points, element, data, rem) {
  const [width, height] = [element.clientWidth - 5 * rem, 18 * rem];
  const line = 1.1 * rem;
  const placed = [];
  return points.filter(point => {
    const length = point.name.length * 0.45 * rem;
    const left = point.x * width - { start: 0, middle: 0.5, end: 1 }[anchorOf(point)] * length;
    const bottom = (point.y - data.yMin) / (data.yMax - data.yMin) * height + point.radiusPx;
    const isFree = placed.every(other => left > other.left + other.length || other.left > left + length || Math.abs(bottom - other.bottom) > line);
    if (isFree) {
      placed.push({ left, length, bottom });
    }
    return isFree;
  });
}

function tooltip(point) {
  const box = node('div', 'chart-tooltip');
  box.append(node('strong', '', point.name), ...point.lines.map(line => node('span', '', line)));
  return box.outerHTML;
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
