// What all charts over ApexCharts share. The library is loaded once, when the first chart is drawn.
import { required } from './element.js';

const library = 'lib/apexcharts.min.js';
let loading = null;

/**
 * Draws a chart and keeps it up to date: with new data, in another theme, at another width.
 * @param optionsFor gives ApexCharts' options for an element and data.
 */
export async function draw(element, data, optionsFor) {
  required(element);
  await load();
  required(element.isConnected ? element : null);
  let current = data;
  const chart = new ApexCharts(element, optionsFor(element, data));
  await chart.render();
  const redraw = () => chart.updateOptions(optionsFor(element, current), true, false);
  const ignore = onAppearance(element, redraw);
  return {
    get data() {
      return current;
    },
    async update(next) {
      current = next;
      await redraw();
    },
    dispose() {
      ignore();
      chart.destroy();
    },
  };
}

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL(library, document.baseURI).href;
    script.onload = resolve;
    script.onerror = () => reject(new Error('The chart library did not load.'));
    document.head.append(script);
  });
  return loading;
}

/** A design token's value now, in the theme that is shown. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** An element with text; never markup, so a name with markup in it stays a name. */
export function node(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text ?? '';
  return element;
}

/** Calls back, once it is quiet, when the theme has changed or the element is wider or narrower. Returns the way to stop. */
export function onAppearance(element, redraw) {
  document.addEventListener('latencylab:theme', redraw);
  let width = element.clientWidth;
  let pending = 0;
  const resizing = new ResizeObserver(() => {
    if (element.clientWidth !== width) {
      width = element.clientWidth;
      clearTimeout(pending);
      pending = setTimeout(redraw, 150);
    }
  });
  resizing.observe(element);
  return () => {
    document.removeEventListener('latencylab:theme', redraw);
    resizing.disconnect();
    clearTimeout(pending);
  };
}
