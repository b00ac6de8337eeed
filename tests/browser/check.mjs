// Checks of the pages in a browser: `node check.mjs [--keep] [--only NAME] [--self-test]`.
//   --keep       takes the report folders that are there instead of making them
//   --only NAME  takes the reports whose name begins so: valley, levers, roads, hostile, chinonais
//   --self-test  spoils a page in known ways, and fails unless each is caught
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { controls } from './controls.mjs';
import { examined, opened, tabbed } from './examine.mjs';
import { printed } from './print.mjs';
import { OUT, pagesOf, reports } from './reports.mjs';
import { selfTest } from './self_test.mjs';

const WIDTHS = [
  { width: 390 },
  { width: 1280 },
  // A window of 1280 pixels at 200 %.
  { width: 640, scale: 2 },
];
async function checkPage(browser, { name, kind, path }) {
  const faults = [];
  const url = pathToFileURL(path).href;
  for (const window of WIDTHS) {
    const at = [];
    const page = await opened(browser, url, at, window);
    const file = join(OUT, `${name}-${window.width}.png`);
    if (window.scale === undefined) await page.screenshot({ path: file, fullPage: true });
    at.push(...await examined(page));
    if (window.width === 1280) at.push(...await tabbed(page));
    faults.push(...at.map((fault) => `${window.width} px: ${fault}`));
    await page.context().close();
  }
  if (kind !== 'fiche') faults.push(...await controls(browser, url));
  faults.push(...await printed(browser, url, name));
  return faults;
}

async function main() {
  const words = process.argv.slice(2);
  const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : '';
  const browser = await launch();
  mkdirSync(OUT, { recursive: true });
  const folders = reports(words.includes('--keep'), only);
  let wrong = 0;
  if (words.includes('--self-test')) {
    wrong = await selfTest(browser, pathToFileURL(join(folders[0].folder, 'interne/index.html')).href);
  } else {
    for (const page of folders.flatMap(pagesOf)) {
      const faults = await checkPage(browser, page);
      console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${page.name}`);
      faults.forEach((fault) => console.log(`     ${fault}`));
      wrong += faults.length;
    }
  }
  await browser.close();
  console.log(wrong === 0 ? 'all good' : `${wrong} faults`);
  process.exit(wrong === 0 ? 0 : 1);
}

await main();
