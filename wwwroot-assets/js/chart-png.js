// The chart as one picture that explains itself: title, legend, bars and the environment they were measured in.
const margin = 48;

export async function composePng(chartUri, data, token, fileName) {
  const bars = await loadImage(chartUri);
  const width = bars.width + margin * 2;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = bars.height + 300;
  const context = canvas.getContext('2d');
  const font = token('font');

  context.fillStyle = token('surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'top';
  write(context, data.title, margin, 44, `600 40px ${font}`, token('ink'), width);
  write(context, data.subtitle, margin, 98, `400 26px ${font}`, token('ink-soft'), width);

  let x = margin;
  for (const series of data.series) {
    context.font = `500 24px ${font}`;
    const step = context.measureText(series.name).width + 64;
    context.fillStyle = token(`stage-${series.key}`);
    context.fillRect(x, 157, 22, 22);
    write(context, series.name, x + 32, 154, context.font, token('ink'), width);
    x += step;
  }
  context.drawImage(bars, margin, 200);
  write(context, data.footer, margin, canvas.height - 64, `400 22px ${font}`, token('ink-faint'), width);

  const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function write(context, text, x, y, font, color, width) {
  context.font = font;
  context.fillStyle = color;
  context.fillText(text, x, y, width - margin - x);
}

function loadImage(uri) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('The chart could not be drawn.'));
    image.src = uri;
  });
}
