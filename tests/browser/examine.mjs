// A page at one width: what axe-core finds, what is looked at within the page, the way of Tab.
import { axeSource, open } from './browser.mjs';
import * as looks from './looks.mjs';

const AXE = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const setDetails = (open) => document.querySelectorAll('details').forEach((details) => { details.open = open; });

/** What axe-core finds, and what it can't decide; contrast, which it can't decide on a drawing, is `looks.contrast`. */
async function axe(page) {
  const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: 'tag', values } }), AXE);
  const told = (kind, { id, nodes }) => `axe ${kind} ${id}: ${nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`;
  const undecided = found.incomplete.filter(({ id }) => id !== 'color-contrast');
  return [...found.violations.map((v) => told('violation', v)), ...undecided.map((v) => told('undecided', v))];
}

/** Everything about how a page is at a width. */
export async function examined(page) {
  const faults = [];
  for (const opened of [false, true]) {
    await page.evaluate(setDetails, opened);
    for (const look of [looks.structure, looks.signs, looks.contrast, looks.layout]) {
      faults.push(...await page.evaluate(look));
    }
    faults.push(...await axe(page));
  }
  return [...new Set(faults)];
}

/** Tab from the first stop to the last. */
export async function tabbed(page) {
  const faults = [];
  await page.evaluate(() => scrollTo(0, 0));
  const expected = await page.evaluate(looks.stops);
  for (let n = 0; n < expected; n += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(looks.focused, n);
    faults.push(...stop.faults);
    if (stop.end) {
      faults.push(`Tab ends after ${n} stops of ${expected}`);
      break;
    }
  }
  return faults;
}

/** A page that axe-core is in, which its own rules keep out of others'. */
export async function opened(browser, url, faults, window) {
  const page = await open(browser, url, faults, { ...window, bypassCSP: true });
  await page.addScriptTag({ content: axeSource() });
  // It is not the page's own.
  await page.evaluate(() => document.querySelectorAll('script')[document.scripts.length - 1].remove());
  return page;
}
