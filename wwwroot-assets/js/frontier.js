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
      points: narrow ? [] : frontier.map(point => ({
        x: point.x, y: point.y, marker: { size: 0 },
        // At the ends of the axis the name stays inside.
        label: { text: point.name, textAnchor: point.x < 0.2 ? 'start' : point.x > 0.8 ? 'end' : 'middle', borderWidth: 0, offsetY: -point.radiusPx - 2, style: { ...text, color: token('--ink'), fontWeight: 600 } },
      })),
    },
    tooltip: {
      shared: false, intersect: true, followCursor: false,
      custom: ({ seriesIndex, dataPointIndex }) => tooltip((groups[seriesIndex] ?? frontier)[dataPointIndex]),
    },
  };
}

function tooltip(point) {
  const box = node('div', 'chart-tooltip');
  box.append(node('strong', '', point.name), ...point.lines.map(line => node('span', '', line)));
  return box.outerHTML;
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
