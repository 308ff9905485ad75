// Writes the monitor's samples into its panel: texts, and a line over a fixed window. Nothing grows however long it runs.
import { required } from './element.js';

const width = 100;
const height = 24;

export function attach(element, window) {
  required(element);
  let values = [];
  let last = null;

  const line = series => {
    const known = series.filter(value => value !== null);
    if (known.length < 2) {
      return '';
    }
    const low = Math.min(0, ...known);
    const high = Math.max(...known, low + 1e-9);
    let path = '';
    series.forEach((value, index) => {
      if (value !== null) {
        const x = width * (1 - (series.length - 1 - index) / (window - 1));
        const y = height - 1 - (height - 2) * (value - low) / (high - low);
        path += `${path === '' || series[index - 1] === null ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
      }
    });
    return path;
  };

  const show = () => {
    if (last === null) {
      return;
    }
    for (const place of element.querySelectorAll('[data-metric]')) {
      const index = Number(place.dataset.metric);
      const path = place.querySelector('path');
      if (path) {
        path.setAttribute('d', line(values[index] ?? []));
      }
      place.querySelector('[data-now]').textContent = last.texts[index];
    }
    element.querySelector('[data-cost]').textContent = last.cost;
  };

  // Another view has other elements: they get what is known at once.
  const views = new MutationObserver(changes => {
    if (changes.some(change => [...change.addedNodes].some(node => node.nodeType === Node.ELEMENT_NODE && (node.matches('[data-metric]') || node.querySelector('[data-metric]'))))) {
      show();
    }
  });
  views.observe(element, { childList: true, subtree: true });

  return {
    push(frame) {
      last = frame;
      frame.values.forEach((value, index) => {
        const series = values[index] ??= [];
        series.push(value);
        if (series.length > window) {
          series.shift();
        }
      });
      if (!document.hidden) {
        show();
      }
    },
    dispose() {
      views.disconnect();
      values = [];
    },
  };
}
