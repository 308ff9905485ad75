// The chart as one picture that explains itself: title, legend, bars and the environment they were measured in. It is drawn from the
// chart's data, because a picture made of the chart's SVG would lose the page's typeface.
const width = 1920;
const margin = 64;
const barHeight = 64;
const barStep = 104;
const top = 232;

/** Draws the data at a fixed size, whatever the size on the screen, and downloads it. */
export async function savePng(data, axis, colorOf, textOn, figure, fileName) {
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font');
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = top + data.categories.length * barStep + 170;
  const context = canvas.getContext('2d');
  const ink = { strong: colorOf('ink'), soft: colorOf('ink-soft'), faint: colorOf('ink-faint') };

  function write(text, x, y, { size = 26, weight = 500, color = ink.strong, align = 'left', room } = {}) {
    context.font = `${weight} ${size}px ${family}`;
    context.fillStyle = color;
    context.textAlign = align;
    context.fillText(text, x, y, room);
    return context.measureText(text).width;
  }

  context.fillStyle = colorOf('surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  write(data.title, margin, 72, { size: 46, weight: 600, room: width - 2 * margin });
  write(data.subtitle, margin, 124, { size: 30, color: ink.soft, room: width - 2 * margin });

  let x = margin;
  for (const series of data.series) {
    context.fillStyle = colorOf(`stage-${series.key}`);
    context.fillRect(x, 173, 24, 24);
    x += 36 + write(series.name, x + 36, 186) + 32;
  }

  const left = margin + Math.max(...data.categories.map(category => write(category, -width, -99, { size: 32, weight: 600 }))) + 32;
  const scale = (width - margin - left) / axis.max;
  const bottom = top + data.categories.length * barStep;
  for (let tick = 0; tick <= axis.ticks; tick++) {
    const value = axis.max * tick / axis.ticks;
    context.fillStyle = colorOf('line');
    context.fillRect(left + value * scale, top, 2, bottom - top);
    write(axis.format(value), left + value * scale, bottom + 28, { color: ink.soft, align: 'center' });
  }
  write(data.axisTitle, (left + width - margin) / 2, bottom + 70, { color: ink.soft, align: 'center' });

  data.categories.forEach((category, row) => {
    const y = top + row * barStep + (barStep - barHeight) / 2;
    const middle = y + barHeight / 2 + 2;
    write(category, margin, middle, { size: 32, weight: 600, room: left - margin - 16 });
    let start = left;
    for (const series of data.series) {
      const length = series.values[row] * scale;
      context.fillStyle = colorOf(`stage-${series.key}`);
      context.fillRect(start, y, Math.max(length - 2, Math.min(length, 1)), barHeight);
      const text = [`${series.name} ${figure(series.values[row])}`, figure(series.values[row])].find(label => {
        context.font = `600 25px ${family}`;
        return context.measureText(label).width < length - 20;
      });
      if (text) {
        write(text, start + length / 2, middle, { size: 25, weight: 600, color: textOn(context.fillStyle), align: 'center' });
      }
      start += length;
    }
    write(`${figure((start - left) / scale)} ${data.unit}`, start + 16, middle, { size: 30, weight: 600 });
  });
  write(data.footer, margin, canvas.height - 44, { size: 24, color: ink.faint, room: width - 2 * margin });

  const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
