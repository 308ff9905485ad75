// The light / dark / system toggle in the header. The header is plain HTML, so it works before the circuit is up.
function reflect() {
  const choice = document.documentElement.dataset.themeChoice;
  for (const button of document.querySelectorAll('[data-theme-option]')) {
    button.setAttribute('aria-pressed', String(button.dataset.themeOption === choice));
  }
}

document.addEventListener('click', event => {
  const option = event.target.closest('[data-theme-option]')?.dataset.themeOption;
  if (option) {
    document.dispatchEvent(new CustomEvent('latencylab:theme-chosen', { detail: option }));
  }
});
document.addEventListener('latencylab:theme', reflect);
reflect();
