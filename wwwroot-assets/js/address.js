// Keeps the address bar in step with the page without a navigation: no scrolling, no moved focus, nothing in the history.
export function replace(url) {
  history.replaceState(history.state, '', url);
}

export async function copy(path) {
  const url = new URL(path, document.baseURI).href;
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    return false;
  }
}
