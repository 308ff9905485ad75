// Renders the drawings beside this file to ../samples/*.jpg, as the page and its tests use them.
// Run: npm install --no-save playwright-core && node render.mjs   (CHROMIUM names the browser, /usr/bin/chromium otherwise)
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const here = new URL('./', import.meta.url);
const samples = new URL('../samples/', import.meta.url);
const size = { width: 640, height: 480 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
});
const page = await browser.newPage({ viewport: size });
for (const file of (await readdir(here)).filter(name => name.endsWith('.svg'))) {
  await page.setContent(`<style>body{margin:0}</style>${await readFile(new URL(file, here), 'utf8')}`);
  const picture = await page.screenshot({ type: 'jpeg', quality: 88 });
  await writeFile(new URL(file.replace('.svg', '.jpg'), samples), picture);
}
await browser.close();
