// The browser: the one that is installed, with nothing of anybody's in it and nothing to ask of a network.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Says why there is nothing to check with, and ends without a fault. */
function skip(why) {
  console.log(`skipped: no browser (${why})`);
  process.exit(0);
}

/** The browser, launched with a profile of its own; without one, the checks are skipped. */
export async function launch() {
  const executablePath = [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path));
  if (!executablePath) skip('chromium is not installed');
  const playwright = await import('playwright-core').catch(() => skip('npm ci in tests/browser was not run'));
  return playwright.chromium.launch({ executablePath, args: QUIET });
}

/** The source of axe-core, to be put into a page. */
export function axeSource() {
  return readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}

/** A page at a width in CSS pixels. What goes wrong in it is pushed to `faults`. */
export async function open(browser, url, faults, { width, height = 900, scale = 1, ...more } = {}) {
  const viewport = { width, height };
  const context = await browser.newContext({ viewport, deviceScaleFactor: scale, ...more });
  const page = await context.newPage();
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error in the page: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    const asked = request.url();
    if (asked.split('#')[0] !== url && !asked.startsWith('data:')) faults.push(`request: ${asked}`);
  });
  await page.goto(url);
  return page;
}
