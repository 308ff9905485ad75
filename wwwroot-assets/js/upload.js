// Takes a picture that was dropped, pasted, browsed or captured, and sends it by plain HTTP: never over the circuit, whose messages are small.
import { required } from './element.js';

const progressIntervalMs = 200;

export function attach(zone, input, dotNet) {
  required(zone);
  required(input);
  let request = null;
  const stop = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });
  const tell = (method, ...args) => dotNet.invokeMethodAsync(method, ...args).catch(() => { /* The circuit is gone; so is the page. */ });

  function send(file, name) {
    request?.abort();
    const xhr = new XMLHttpRequest();
    request = xhr;
    const form = new FormData();
    form.append('image', file, name ?? file.name ?? 'picture');
    const started = performance.now();
    let reported = -progressIntervalMs;

    xhr.upload.onprogress = event => {
      const now = performance.now();
      if (event.lengthComputable && now - reported >= progressIntervalMs) {
        reported = now;
        tell('OnUploadProgress', event.loaded / event.total);
      }
    };
    xhr.onload = () => {
      const uploadMs = performance.now() - started;
      request = null;
      if (xhr.status === 200) {
        tell('OnUploadCompleted', JSON.parse(xhr.responseText), uploadMs);
      } else {
        tell('OnUploadFailed', problemOf(xhr));
      }
    };
    xhr.onerror = () => {
      request = null;
      tell('OnUploadFailed', { title: 'The picture did not reach the server', detail: 'Check the connection and try again.' });
    };
    xhr.onabort = () => tell('OnUploadCancelled');

    tell('OnUploadStarted', name ?? file.name ?? 'picture', file.size);
    xhr.open('POST', 'api/images');
    xhr.setRequestHeader('RequestVerificationToken', document.querySelector('meta[name="antiforgery-token"]')?.content ?? '');
    xhr.send(form);
  }

  function take(files) {
    if (files.length > 0) {
      send(files[0]);
    }
  }

  on(input, 'change', () => {
    take(input.files);
    input.value = '';
  });
  on(zone, 'dragenter', event => {
    event.preventDefault();
    zone.dataset.dragging = '';
  });
  on(zone, 'dragover', event => event.preventDefault());
  on(zone, 'dragleave', event => {
    if (!zone.contains(event.relatedTarget)) {
      delete zone.dataset.dragging;
    }
  });
  on(zone, 'drop', event => {
    event.preventDefault();
    delete zone.dataset.dragging;
    take(event.dataTransfer.files);
  });
  // A picture dropped beside the zone must not replace the page.
  on(document, 'dragover', event => event.preventDefault());
  on(document, 'drop', event => event.preventDefault());
  on(document, 'paste', event => {
    if (event.clipboardData?.files.length > 0) {
      event.preventDefault();
      take(event.clipboardData.files);
    }
  });

  return {
    send,
    cancel: () => request?.abort(),
    dispose() {
      stop.abort();
      request?.abort();
    },
  };
}

function problemOf(xhr) {
  try {
    const { type, title, detail } = JSON.parse(xhr.responseText);
    if (title) {
      return { type, title, detail };
    }
  } catch {
    // Not problem+json: a proxy, perhaps.
  }
  return { title: 'The picture was refused', detail: `The server answered with status ${xhr.status}.` };
}
