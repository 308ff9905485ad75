// Stacked horizontal bars over ApexCharts. Colours come from the page's tokens, so the chart follows the theme.
import { draw, node, token } from './apexcharts.js';
import { savePng } from './chart-png.js';

export async function create(element, data) {
  const drawing = await draw(element, data, optionsFor);
  return Object.assign(drawing, {
    async savePng(fileName) {
      const longest = Math.max(...totalsOf(drawing.data), Number.EPSILON);
      await savePng(drawing.data, { ...roundAxis(longest * 1.1, 6), format: value => roundNumber.format(value) }, name => token(`--${name}`), readableOn, figure, fileName);
    },
  });
}

function totalsOf(data) {
  return data.categories.map((_, row) => data.series.reduce((sum, series) => sum + series.values[row], 0));
}

function optionsFor(element, data) {
  const narrow = element.clientWidth < 560;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const ink = token('--ink');
  const soft = token('--ink-soft');
  const font = token('--font');
  const colors = data.series.map(series => token(`--stage-${series.key}`));
  const totals = totalsOf(data);
  const longest = Math.max(...totals, Number.EPSILON);
  const plotWidth = element.clientWidth - (narrow ? 5.5 : 11) * rem;
  // Beyond the longest bar there is room for its total.
  const axis = roundAxis(longest * (narrow ? 1.36 : 1.14), narrow ? 4 : 6);
  const widthOf = value => value / axis.max * plotWidth;

  return {
    chart: {
      type: 'bar', stacked: true, height: rem * (3.2 + data.categories.length * (narrow ? 2.9 : 3.4)), fontFamily: font, foreColor: soft,
      background: 'transparent', toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false },
      animations: { enabled: !data.still && !matchMedia('(prefers-reduced-motion: reduce)').matches, speed: 350, animateGradually: { enabled: false }, dynamicAnimation: { speed: 250 } },
      parentHeightOffset: 0, redrawOnParentResize: false, redrawOnWindowResize: false,
    },
    series: data.series.map(series => ({ name: series.name, data: series.values })),
    colors,
    plotOptions: {
      bar: {
        horizontal: true, barHeight: '62%', borderRadius: 3, borderRadiusApplication: 'end', borderRadiusWhenStacked: 'last',
        dataLabels: {
          hideOverflowingLabels: false,
          total: {
            enabled: true, offsetX: 8, formatter: value => `${figure(Number(value))} ${data.unit}`,
            style: { fontSize: `${0.875 * rem}px`, fontWeight: 600, color: ink, fontFamily: font },
          },
        },
      },
    },
    dataLabels: {
      enabled: true, textAnchor: 'middle', dropShadow: { enabled: false },
      style: { fontSize: `${0.75 * rem}px`, fontWeight: 600, fontFamily: font, colors: colors.map(readableOn) },
      formatter(value, { seriesIndex }) {
        const name = data.series[seriesIndex].name;
        const room = widthOf(value) / rem;
        const text = figure(value);
        return room > (name.length + text.length + 1) * 0.47 + 0.6 ? `${name} ${text}` : room > text.length * 0.47 + 0.5 ? text : '';
      },
    },
    // A seam in the colour of the ground keeps neighbours apart without relying on hue.
    stroke: { show: true, width: 1, colors: [token('--surface')] },
    fill: { opacity: 1 },
    legend: { show: false },
    grid: { borderColor: token('--line'), strokeDashArray: 0, xaxis: { lines: { show: true } }, yaxis: { lines: { show: false } }, padding: { top: -16, right: 12, bottom: -8, left: 0.75 * rem } },
    xaxis: {
      categories: data.categories, min: 0, max: axis.max, tickAmount: axis.ticks,
      labels: { formatter: value => roundNumber.format(Number(value)), style: { fontSize: `${0.8125 * rem}px`, colors: soft } },
      axisBorder: { show: false }, axisTicks: { show: true, color: token('--line-strong') },
      title: { text: data.axisTitle, offsetY: -6, style: { fontSize: `${0.8125 * rem}px`, fontWeight: 500, color: soft } },
    },
    yaxis: { labels: { align: 'left', offsetX: -0.75 * rem, offsetY: 0.3 * rem, maxWidth: (narrow ? 5.5 : 12) * rem, style: { fontSize: `${(narrow ? 0.8125 : 0.9375) * rem}px`, fontWeight: 600, colors: ink } } },
    states: { hover: { filter: { type: 'none' } }, active: { filter: { type: 'none' } } },
    tooltip: { shared: true, intersect: false, followCursor: false, custom: ({ dataPointIndex }) => tooltip(data, dataPointIndex, totals[dataPointIndex]) },
  };
}

/** The tooltip as markup; every text goes through textContent, so a name with markup in it stays a name. */
function tooltip(data, row, total) {
  const box = node('div', 'chart-tooltip');
  box.append(node('strong', '', data.categories[row]));
  for (const series of data.series.filter(series => series.values[row] > 0)) {
    const line = node('div', 'chart-tooltip-line');
    const swatch = node('i', 'swatch');
    swatch.dataset.stage = series.key;
    line.append(swatch, node('span', '', series.name), node('b', '', `${figure(series.values[row])} ${data.unit}`), node('span', 'share', shareOf(series.values[row] / total)));
    box.append(line);
  }
  return box.outerHTML;
}

function shareOf(share) {
  return share > 0 && share < 0.005 ? '<\u20091\u2009%' : `${Math.round(share * 100)}\u2009%`;
}

/** Three significant digits, as in the rest of the page. */
function figure(value) {
  return value === 0 ? '0' : threeDigits.format(value);
}

const threeDigits = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const roundNumber = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** An axis from 0 that reaches a value in at most so many round steps. */
function roundAxis(value, most) {
  const power = 10 ** Math.floor(Math.log10(value / most));
  const step = [1, 2, 2.5, 5, 10].find(round => round * power >= value / most) * power;
  const ticks = Math.ceil(value / step);
  return { max: ticks * step, ticks };
}

function readableOn(color) {
  const channels = [1, 3, 5].map(start => parseInt(color.slice(start, start + 2), 16) / 255)
    .map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
  return luminance > 0.2 ? '#0d1112' : '#ffffff';
}
