// On paper: the whole answer on the first page, a fiche on each of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { OUT } from './reports.mjs';

/** The text of each page of a PDF; none where pdftotext isn't installed. */
function sheets(file) {
  try {
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
  } catch {
    return null;
  }
}

const letters = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

export async function printed(browser, url, name) {
  const faults = [];
  const page = await open(browser, url, faults, { width: 1280 });
  const file = join(OUT, `${name}.pdf`);
  // The margins are those of the page's own style.
  await page.pdf({ path: file, preferCSSPageSize: true });
  const asked = await page.evaluate(() => ({
    articles: document.querySelectorAll('article').length,
    answer: [...document.querySelectorAll('#reponse h3,#reponse p,#reponse .all li')].map((e) => e.textContent),
  }));
  const pages = sheets(file);
  if (pages) {
    if (asked.articles > 0 && pages.length !== asked.articles) {
      faults.push(`paper: ${asked.articles} fiches on ${pages.length} pages`);
    }
    const first = letters(pages[0]);
    // Columns are cut into lines, words across lines into parts: what must be there is each line's last word.
    const lost = asked.answer.filter((line) => {
      const words = line.split(/\s+/u).map(letters).filter((word) => word.length > 1);
      return words.length > 0 && !words.every((word) => first.includes(word));
    });
    if (/[^\x00-\u024f\u2000-\u20ff]/u.test(asked.answer.join(''))) lost.length = 0; // Scripts that a PDF turns round.
    lost.slice(0, 3).forEach((line) => faults.push(`paper: not on the first page: ${line.slice(0, 60)}`));
  }
  if (asked.articles === 0) {
    // A4 less the margins of 14 mm, at 96 pixels an inch.
    const [across, down] = [182, 269].map((mm) => Math.floor((mm * 96) / 25.4));
    await page.setViewportSize({ width: across, height: down });
    await page.emulateMedia({ media: 'print' });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    // A word as long as a line may be shrunk.
    if (wide > across && !name.startsWith('hostile')) faults.push(`paper: ${wide} px wide of ${across}: a browser shrinks it all`);
    const end = await page.evaluate(() => document.querySelector('#reponse').getBoundingClientRect().bottom + scrollY);
    if (end > down) faults.push(`paper: the answer ends at ${end.toFixed()} of ${down} px of the first page`);
  }
  await page.context().close();
  return faults.map((fault) => `paper: ${fault}`.replace('paper: paper: ', 'paper: '));
}
