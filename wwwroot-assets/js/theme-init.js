// Runs before the first paint, so that a chosen theme never flashes. The toggle itself is in theme.js.
(() => {
  const key = 'latencylab.theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;

  function stored() {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage may be refused; the choice then lasts as long as the page.
    }
  }

  function apply() {
    const chosen = root.dataset.themeChoice;
    root.dataset.theme = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen;
    document.dispatchEvent(new Event('latencylab:theme'));
  }

  document.addEventListener('latencylab:theme-chosen', event => {
    // A projector never shows the chrome, not even while the page connects.
  root.toggleAttribute('data-present', location.pathname === '/live' && new URLSearchParams(location.search).get('present') === '1');

  root.dataset.themeChoice = event.detail;
    try {
      localStorage.setItem(key, event.detail);
    } catch {
      // As above.
    }
    apply();
  });
  dark.addEventListener('change', apply);

  // A projector never shows the chrome, not even while the page connects.
  root.toggleAttribute('data-present', location.pathname === '/live' && new URLSearchParams(location.search).get('present') === '1');

  root.dataset.themeChoice = ['light', 'dark'].includes(stored()) ? stored() : 'system';
  apply();
})();
