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

  let choice = ['light', 'dark'].includes(stored()) ? stored() : 'system';

  function apply() {
    root.dataset.themeChoice = choice;
    root.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
    document.dispatchEvent(new Event('latencylab:theme'));
  }

  document.addEventListener('latencylab:theme-chosen', event => {
    choice = event.detail;
    try {
      localStorage.setItem(key, choice);
    } catch {
      // As above.
    }
    apply();
  });
  dark.addEventListener('change', apply);
  // A link that is followed without a reload takes over the new page's attributes; the server's page has no theme.
  new MutationObserver(() => root.dataset.theme ?? apply()).observe(root, { attributeFilter: ['data-theme'] });

  // A projector never shows the chrome, not even while the page connects.
  root.toggleAttribute('data-present', location.pathname === '/live' && new URLSearchParams(location.search).get('present') === '1');

  apply();
})();
