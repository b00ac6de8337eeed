// The picture of README.md: the first screen and the map of the Chinonais' page that can be shown.
// `node tests/browser/picture.mjs [FOLDER]`, from a report folder that is there or from one made anew.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, open } from './browser.mjs';
import { ROOT, reports } from './reports.mjs';

const MOST_BYTES = 250_000;
/** Of a pixel: the hatching of a map at full size takes half as much again. */
const SCALE = 0.7;

const browser = await launch();
const folder = process.argv[2] ?? reports(false, 'chinonais', ['fr'])[0].folder;
const faults = [];
const page = await open(browser, pathToFileURL(join(folder, 'partage/index.html')).href, faults, {
  width: 1280,
  scale: SCALE,
});
const height = await page.evaluate(() => Math.ceil(document.querySelector('#grille').getBoundingClientRect().top + scrollY));
const path = join(ROOT, 'docs/page.png');
await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width: 1280, height } });
await browser.close();
const { size } = statSync(path);
console.log(`docs/page.png: ${size} bytes`);
if (faults.length > 0 || size > MOST_BYTES) {
  faults.forEach((fault) => console.log(fault));
  process.exit(1);
}
