// Sends a form with its files by plain HTTP, as a program would: never over the circuit, whose messages are small.
import { required } from './element.js';

const progressIntervalMs = 200;

export function attach(form, limits, dotNet) {
  required(form);
  let request = null;
  const tell = (method, ...args) => dotNet.invokeMethodAsync(method, ...args).catch(() => { /* The circuit is gone; so is the page. */ });

  function submit(event) {
    event.preventDefault();
    if (request) {
      return;
    }
    const files = [...form.elements].flatMap(element => [...element.files ?? []]);
    const problem = problemOf(files, limits);
    if (problem) {
      tell('OnRefused', problem);
      return;
    }
    request = new XMLHttpRequest();
    let reported = 0;
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      const now = performance.now();
      if (lengthComputable && now - reported >= progressIntervalMs) {
        reported = now;
        tell('OnSending', loaded / total);
      }
    };
    request.onload = () => {
      const { status, responseText } = request;
      request = null;
      if (status === 201 || status === 202) {
        // Only the files and what belongs to them alone: what was chosen in the lists stays.
        form.querySelectorAll('input:is([type=file], [data-once])').forEach(input => { input.value = ''; });
        const { id, notes } = JSON.parse(responseText);
        tell('OnAccepted', { id, notes: notes ?? [] });
      } else {
        tell('OnRefused', refusalOf(status, responseText));
      }
    };
    request.onerror = () => {
      request = null;
      tell('OnRefused', { title: 'The form did not reach the server', detail: 'Check the connection and try again.' });
    };
    tell('OnSending', 0);
    request.open('POST', form.action);
    request.setRequestHeader('RequestVerificationToken', document.querySelector('meta[name="antiforgery-token"]')?.content ?? '');
    request.send(dataOf(form));
  }

  // The browser cannot point at a field that lies folded away.
  function unfold({ target }) {
    target.closest('details')?.setAttribute('open', '');
  }

  form.addEventListener('submit', submit);
  form.addEventListener('invalid', unfold, true);
  return {
    dispose() {
      form.removeEventListener('submit', submit);
      form.removeEventListener('invalid', unfold, true);
      request?.abort();
    },
  };
}

/** All fields; a field that completes another goes behind that one's value and a colon, as on the command line. */
function dataOf(form) {
  const data = new FormData(form);
  form.querySelectorAll('[data-completes]:enabled').forEach(({ dataset: { completes }, value }) => {
    if (value && data.has(completes)) {
      data.set(completes, `${data.get(completes)}:${value}`);
    }
  });
  return data;
}

/** What the server would refuse anyway, told before everything is sent. */
function problemOf(files, limits) {
  const megabytes = bytes => `${Math.round(bytes / 1e6)}\u2009MB`;
  const large = files.find(file => file.size > limits.eachBytes);
  if (files.length > limits.count) {
    return { title: 'Too many files', detail: `${files.length} are chosen; ${limits.count} are the most.` };
  }
  if (large) {
    return { title: 'A file is too large', detail: `${large.name} is larger than ${megabytes(limits.eachBytes)}.` };
  }
  if (files.reduce((sum, file) => sum + file.size, 0) > limits.totalBytes) {
    return { title: 'The files are too large', detail: `Together they are larger than ${megabytes(limits.totalBytes)}. Choose fewer, or smaller ones.` };
  }
  return null;
}

function refusalOf(status, text) {
  try {
    const { type, title, detail } = JSON.parse(text);
    if (title) {
      return { type, title, detail };
    }
  } catch {
    // Not problem+json: a proxy, perhaps.
  }
  return { title: 'The request was refused', detail: `The server answered with status ${status}.` };
}
