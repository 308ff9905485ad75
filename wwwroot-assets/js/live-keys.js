// The keys of the Live page, and the look that a projector gets.
const keys = new Map([[' ', 'toggle'], ['s', 'stop'], ['p', 'present'], ['r', 'record'], ['+', 'faster'], ['=', 'faster'], ['-', 'slower'], ['?', 'help'], ['a', 'approve'], ['d', 'decline'], ['Escape', 'close']]);

export function attach(dotNet) {
  function press(event) {
    const action = keys.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (!action || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !['faster', 'slower'].includes(action) || isTyping(event, action)) {
      return;
    }
    if (action !== 'close') {
      event.preventDefault();
    }
    dotNet.invokeMethodAsync('OnKey', action).catch(() => { /* The circuit is gone; so is the page. */ });
  }

  // Whoever only watches keeps the browser's own keys: the space bar scrolls.
  if (dotNet) {
    document.addEventListener('keydown', press);
  }
  return {
    present(on) {
      document.documentElement.toggleAttribute('data-present', on);
    },
    dispose() {
      document.removeEventListener('keydown', press);
      document.documentElement.removeAttribute('data-present');
    },
  };
}

/** Letters belong to the field that has the focus, the space bar to whatever can be pressed, and the audience's panel has its own. */
function isTyping({ target }, action) {
  return action !== 'close' && Boolean(target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'))
    || ['approve', 'decline'].includes(action) && Boolean(target.closest('.audience'))
    || action === 'toggle' && Boolean(target.closest('button, a, summary, input, label'));
}
