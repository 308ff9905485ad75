// Curves over ApexCharts. Both axes come as 0 to 1 with their round values, so a logarithmic one is drawn like any other.
import { draw, node, token } from './apexcharts.js';

const styles = {
  0: { width: 2, size: 0, dash: 0 },
  1: { width: 2, size: 5, dash: 0 },
  2: { width: 0, size: 5, dash: 0 },
  3: { width: 2, size: 0, dash: 6 },
};
const shapes = ['circle', 'square', 'diamond', 'triangle'];
const colors = 6;

export function create(element, data) {
  return draw(element, data, optionsFor);
}

function optionsFor(element, data) {
  const narrow = element.clientWidth < 560;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const soft = token('--ink-soft');
  const font = token('--font');
  const small = `${0.8125 * rem}px`;
  const text = { fontSize: small, fontFamily: font, color: soft, background: 'transparent' };
  const style = data.series.map(series => styles[series.style]);

  return {
    chart: {
      type: 'line', height: rem * (narrow ? 18 : 22), fontFamily: font, foreColor: soft, background: 'transparent',
      toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false }, animations: { enabled: false },
      parentHeightOffset: 0, redrawOnParentResize: false, redrawOnWindowResize: false,
    },
    series: data.series.map(series => ({ name: series.name, data: series.points.map(({ x, y }) => ({ x, y })) })),
    colors: data.series.map(series => token(`--series-${1 + series.color % colors}`) || soft),
    stroke: { width: style.map(each => each.width), dashArray: style.map(each => each.dash), curve: 'straight' },
    markers: {
      size: style.map(each => each.size), strokeWidth: 1.5, strokeColors: token('--surface'), hover: { sizeOffset: 2 },
      shape: data.series.map(series => shapes[series.color % shapes.length]),
    },
    legend: { show: false },
    grid: { borderColor: 'transparent', padding: { top: 0.25 * rem, right: rem, bottom: rem, left: (narrow ? 2.25 : 3) * rem } },
    xaxis: {
      type: 'numeric', min: 0, max: 1, tickAmount: 1, labels: { show: false }, axisBorder: { show: true, color: token('--line-strong') },
      axisTicks: { show: false }, crosshairs: { show: false }, tooltip: { enabled: false },
      title: { text: data.xTitle, offsetY: 1.4 * rem, style: { fontSize: small, fontWeight: 500, color: soft } },
    },
    yaxis: {
      min: 0, max: 1, tickAmount: 1, crosshairs: { show: false }, labels: { show: false },
    },
    annotations: {
      xaxis: data.xTicks.map(tick => ({
        x: tick.at, strokeDashArray: 0, borderColor: token('--line'),
        label: { text: tick.text, orientation: 'horizontal', position: 'bottom', offsetY: 1.25 * rem, borderWidth: 0, style: text },
      })),
      yaxis: data.yTicks.map(tick => ({
        y: tick.at, strokeDashArray: 0, borderColor: token('--line'),
        label: { text: tick.text, position: 'left', textAnchor: 'end', offsetX: -0.35 * rem, offsetY: 0.45 * rem, borderWidth: 0, style: text },
      })),
    },
    tooltip: {
      shared: false, intersect: false, followCursor: false,
      custom: ({ seriesIndex, dataPointIndex }) => tooltip(data.series[seriesIndex], dataPointIndex),
    },
  };
}

function tooltip(series, index) {
  const box = node('div', 'chart-tooltip');
  box.append(node('strong', '', series.name), node('span', '', series.points[index]?.text ?? ''));
  return box.outerHTML;
}
