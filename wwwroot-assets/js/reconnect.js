// Blazor marks #components-reconnect-modal with classes; the buttons in it are ours. A rejected circuit cannot come back, so the page
// reloads: the result is kept by the server and its address is in the address bar.
const modal = document.getElementById('components-reconnect-modal');

async function retry() {
  try {
    if (!(await Blazor.reconnect())) {
      location.reload();
    }
  } catch {
    // The server is still away; the modal stays and the button with it.
  }
}

modal.addEventListener('click', event => {
  const action = event.target.closest('[data-reconnect]')?.dataset.reconnect;
  if (action === 'retry') {
    retry();
  } else if (action === 'reload') {
    location.reload();
  }
});

new MutationObserver(() => {
  if (modal.classList.contains('components-reconnect-rejected')) {
    location.reload();
  }
  const shown = ['show', 'failed', 'rejected'].some(state => modal.classList.contains(`components-reconnect-${state}`));
  document.querySelector('.app-shell')?.toggleAttribute('inert', shown);
}).observe(modal, { attributeFilter: ['class'] });

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && modal.classList.contains('components-reconnect-failed')) {
    retry();
  }
});
