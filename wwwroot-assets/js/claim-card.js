// A claim as one picture that explains itself: the figure, its interval against 1, what it rests on, and the machine.
const width = 1200;
const height = 675;
const margin = 56;

export function open(dialog) {
  if (!dialog.open) {
    dialog.showModal();
  }
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

export async function draw(canvas, data) {
  const colors = colorsOf(data.theme);
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font');
  await document.fonts.load(`600 20px ${family}`).catch(() => { /* The system's typeface will do. */ });
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  context.fillStyle = colors('surface');
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'alphabetic';
  const accent = colors({ faster: 'good', slower: 'warn' }[data.direction] ?? 'ink');

  /** Writes in one line, smaller where the room is short; returns the width. */
  function write(text, x, y, { size, least = 15, weight = 500, color = colors('ink'), align = 'left', room = width - margin - x }) {
    let fitting = size;
    const measure = () => {
      context.font = `${weight} ${fitting}px ${family}`;
      return context.measureText(text).width;
    };
    while (measure() > room && fitting > least) {
      fitting--;
    }
    context.fillStyle = color;
    context.textAlign = align;
    context.fillText(text, x, y, room);
    return Math.min(measure(), room);
  }

  drawMark(context, colors);
  write('LatencyLab', margin + 44, 77, { size: 26, weight: 650 });
  write(data.subject, width - margin, 77, { size: 30, weight: 600, color: colors('ink-soft'), align: 'right', room: 700 });

  const large = data.direction === 'none' ? 92 : 150;
  const used = write(data.figure, margin - 4, 236, { size: large, least: 60, weight: 650, color: accent, room: 760 });
  write(data.margin, margin + used + 20, 236, { size: 46, weight: 600, color: colors('ink-soft') });
  write(data.meaning, margin, 290, { size: 30, weight: 500 });

  drawInterval(context, colors, write, data, accent);

  const column = (width - 2 * margin) / data.facts.length;
  data.facts.forEach((fact, index) => {
    const x = margin + index * column;
    write(fact.name, x, 462, { size: 20, weight: 600, color: colors('ink-faint'), room: column - 24 });
    write(fact.value, x, 503, { size: 34, weight: 600, room: column - 24 });
    wrap(context, family, fact.note, column - 24).forEach((line, row) =>
      write(line, x, 534 + 23 * row, { size: 18, color: colors('ink-soft'), room: column - 24 }));
  });

  context.fillStyle = colors('line');
  context.fillRect(margin, 600, width - 2 * margin, 2);
  write(data.footer, margin, 638, { size: 20, least: 13, color: colors('ink-faint') });
  canvas.dataset.drawn = data.theme;
}

export async function savePng(canvas, fileName) {
  const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function drawMark(context, colors) {
  context.fillStyle = colors('ink');
  context.fillRect(margin, 50, 32, 7);
  context.fillRect(margin, 60, 20, 7);
  context.fillStyle = colors('stage-inference');
  context.fillRect(margin, 70, 9, 7);
}

/** A ruler from slower to faster on a logarithmic scale, with 1 (the control) and the interval on it. */
function drawInterval(context, colors, write, { interval: [value, low, high], intervalText, control, direction }, accent) {
  const y = 366;
  const [left, right] = [margin, width - margin];
  const from = Math.log(Math.min(low, 1)) - 0.12;
  const to = Math.log(Math.max(high, 1)) + 0.12;
  const at = ratio => left + (right - left) * (Math.log(ratio) - from) / (to - from);
  context.fillStyle = colors('line');
  context.fillRect(left, y - 1, right - left, 2);
  context.fillStyle = colors('ink-soft');
  context.fillRect(at(1) - 1, y - 24, 3, 48);
  context.fillStyle = direction === 'none' ? colors('ink-faint') : accent;
  context.fillRect(at(low), y - 5, Math.max(at(high) - at(low), 4), 10);
  context.beginPath();
  context.arc(at(value), y, 13, 0, 2 * Math.PI);
  context.fill();
  write(`${control} = 1`, clamp(at(1), left, right), y + 50, { size: 19, weight: 600, color: colors('ink-soft'), align: alignAt(at(1), left, right), room: 300 });
  const near = Math.abs(at(value) - at(1)) < 360;
  write(intervalText, clamp(at(value), left, right), near ? y - 34 : y + 50, { size: 19, weight: 600, color: colors('ink-soft'), align: alignAt(at(value), left, right), room: 400 });
}

function alignAt(x, left, right) {
  return x - left < 130 ? 'left' : right - x < 130 ? 'right' : 'center';
}

function clamp(x, left, right) {
  return x - left < 130 ? left : right - x < 130 ? right : x;
}

/** At most two lines; what is left is cut, for the card has no room. */
function wrap(context, family, text, room) {
  context.font = `500 18px ${family}`;
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.length < 2 && context.measureText(longer).width > room && lines.at(-1)) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = longer;
    }
  }
  return lines;
}

/** The tokens of a theme, whichever the page is in: from the rules of css/tokens.css. */
function colorsOf(theme) {
  const rules = [...document.styleSheets].flatMap(sheet => {
    try {
      return [...sheet.cssRules];
    } catch {
      return []; // A sheet from elsewhere, an extension's perhaps.
    }
  });
  const of = selector => rules.filter(rule => rule.selectorText === selector).map(rule => rule.style);
  const styles = [...(theme === 'dark' ? of(':root[data-theme="dark"]') : []), ...of(':root')];
  return name => styles.map(style => style.getPropertyValue(`--${name}`).trim()).find(value => value) ?? '#888888';
}
