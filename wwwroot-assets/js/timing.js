// How long the browser takes from the arrival of a result to the painted frame.

/** Starts the clock now; resolves with milliseconds once `element`, if it is still there, shows the result `resultId` and that frame was painted, or with 0 after `timeoutMs`. */
export function measureRender(element, resultId, timeoutMs) {
  if (!element) {
    return 0;
  }
  const started = performance.now();
  return new Promise(resolve => {
    const timeout = setTimeout(() => finish(0), timeoutMs);
    const observer = new MutationObserver(check);

    function finish(milliseconds) {
      clearTimeout(timeout);
      observer.disconnect();
      resolve(milliseconds);
    }
    function check() {
      if (element.dataset.result === resultId) {
        observer.disconnect();
        // The first callback runs before the frame is painted, the second after it.
        requestAnimationFrame(() => requestAnimationFrame(() => finish(performance.now() - started)));
      }
    }

    observer.observe(element, { attributeFilter: ['data-result'] });
    check();
  });
}
