// The phone's side of the audience door: choose, look, send by plain HTTP, then ask now and then what became of it. No circuit.
const pollMs = 2_000;
const slowestPollMs = 15_000;
const ticketKey = 'latencylab.audience';
const endings = {
  declined: ['Not this time', 'The presenter did not show this photo. It has been removed.'],
  expired: ['Nobody looked in time', 'The presenter was busy. Your photo has been removed; you may send it again.'],
  closed: ['The door is closed', 'The presenter takes no more photos. Yours has been removed.'],
  forgotten: ['That was a while ago', 'Your photo has been removed. You may send another.'],
};

const root = document.querySelector('[data-join]');
if (root) {
  join(root);
}

function join(root) {
  const find = name => root.querySelector(`[data-${name}]`);
  const all = name => root.querySelectorAll(`[data-${name}]`);
  let file = null;
  let photo = null;
  let request = null;
  let timer = null;

  // The heading takes the focus, so that it is read out.
  function show(state) {
    for (const part of all('state')) {
      part.hidden = part.dataset.state !== state;
    }
    find('problem').textContent = '';
    find('announcement').textContent = '';
    root.querySelector(`[data-state="${state}"] h1`).focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function choose(chosen) {
    if (!chosen) {
      return;
    }
    if (chosen.size > Number(root.dataset.largestBytes)) {
      refuse(`This photo is larger than ${Math.round(root.dataset.largestBytes / 1e6)}\u2009MB. Choose a smaller one.`);
      return;
    }
    if (photo) {
      URL.revokeObjectURL(photo);
    }
    file = chosen;
    photo = URL.createObjectURL(chosen);
    showPhoto();
    show('preview');
  }

  function showPhoto() {
    for (const image of all('photo')) {
      image.hidden = !photo;
      if (photo) {
        image.src = photo;
      }
    }
  }

  function refuse(text) {
    find('problem').textContent = text;
  }

  function send() {
    const form = new FormData();
    form.append('image', file, 'photo');
    request = new XMLHttpRequest();
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) {
        find('progress').value = loaded / total;
      }
    };
    request.onload = () => {
      const { status, responseText } = request;
      request = null;
      if (status === 202) {
        const answer = JSON.parse(responseText);
        remember(answer.id);
        follow(answer.id, answer);
      } else {
        show('preview');
        refuse(reasonOf(status, responseText));
      }
    };
    request.onerror = () => {
      request = null;
      show('preview');
      refuse('The photo did not reach the server. Check the connection and try again.');
    };
    request.onabort = () => {
      request = null;
      show('preview');
    };
    find('progress').value = 0;
    show('sending');
    request.open('POST', `api/audience/pictures?code=${encodeURIComponent(root.dataset.code)}`);
    request.setRequestHeader('RequestVerificationToken', document.querySelector('meta[name="antiforgery-token"]')?.content ?? '');
    request.send(form);
  }

  function follow(id, status) {
    let shown = null;
    let wait = pollMs;

    function take(answer) {
      if (answer.state === 'waiting') {
        find('place').textContent = answer.place > 1 ? `${answer.place - 1} ahead of yours.` : 'Yours is next.';
      } else if (answer.state === 'shown') {
        answers(answer.answers);
      } else {
        const [title, detail] = endings[answer.state] ?? endings.forgotten;
        root.querySelector('[data-state="over"] [data-title]').textContent = title;
        find('detail').textContent = detail;
      }
      const next = ['waiting', 'shown'].includes(answer.state) ? answer.state : 'over';
      if (shown !== next) {
        shown = next;
        show(next);
      }
      if (next === 'over' || answer.answers.length > 0) {
        remember(null);
      } else {
        timer = setTimeout(ask, wait);
      }
    }

    async function ask() {
      try {
        const response = await fetch(`api/audience/pictures/${id}`, { cache: 'no-store' });
        wait = pollMs;
        take(response.ok ? await response.json() : { state: 'forgotten', answers: [] });
      } catch {
        // Out of reach for a moment: a phone in a hall. Ask less often until it answers.
        wait = Math.min(wait * 2, slowestPollMs);
        timer = setTimeout(ask, wait);
      }
    }

    if (status) {
      take(status);
    } else {
      ask();
    }
  }

  function answers(list) {
    find('answering').hidden = list.length > 0;
    const rows = list.map(answer => {
      const row = find('answer').content.cloneNode(true);
      row.querySelector('[data-title]').textContent = answer.title;
      row.querySelector('[data-time]').textContent = answer.totalMs ? `${answer.totalMs.toPrecision(3)}\u2009ms` : '';
      row.querySelector('[data-predictions]').replaceChildren(...answer.predictions.map(prediction => {
        const line = find('prediction').content.cloneNode(true);
        line.querySelector('[data-label]').textContent = prediction.label;
        line.querySelector('[data-share]').textContent = `${(100 * prediction.probability).toFixed(1)}\u2009%`;
        return line;
      }));
      return row;
    });
    find('answers').replaceChildren(...rows);
    if (list.length > 0) {
      find('announcement').textContent = list.map(answer => `${answer.title}: ${answer.predictions[0]?.label}`).join('. ');
    }
  }

  for (const input of root.querySelectorAll('input[type=file]')) {
    input.addEventListener('change', () => {
      choose(input.files[0]);
      input.value = '';
    });
  }
  find('send').addEventListener('click', send);
  find('cancel').addEventListener('click', () => request?.abort());
  for (const button of all('again')) {
    button.addEventListener('click', () => {
      clearTimeout(timer);
      remember(null);
      show('choose');
    });
  }

  // A phone may drop the page while its camera is open, or be locked: the photo's name outlives that, the photo does not.
  const ticket = recall();
  if (ticket) {
    showPhoto();
    follow(ticket);
  }
}

function remember(id) {
  try {
    if (id) {
      sessionStorage.setItem(ticketKey, id);
    } else {
      sessionStorage.removeItem(ticketKey);
    }
  } catch {
    // Storage may be refused; then a reload forgets.
  }
}

function recall() {
  try {
    return sessionStorage.getItem(ticketKey);
  } catch {
    return null;
  }
}

function reasonOf(status, text) {
  try {
    const { title, detail } = JSON.parse(text);
    return detail ?? title;
  } catch {
    // Not problem+json: a proxy, perhaps.
    return `The server answered with status ${status}.`;
  }
}
