// Each interactive part does what it says.
import { open } from './browser.mjs';

const SIGNS = { in: '+', out: '−', left: '←', up: '↑', down: '↓', right: '→' };

const near = (a, b) => Math.abs(a - b) < 0.5;

/** The map as somebody uses it, with what is seen of it. */
class MapInUse {
  constructor(page) {
    this.page = page;
    this.svg = page.locator('[data-map] > svg');
  }

  async view() {
    const [x, y, w, h] = (await this.svg.getAttribute('viewBox')).split(' ').map(Number);
    return { x, y, w, h };
  }

  said() {
    return this.page.locator('.said').textContent();
  }

  /** By what somebody sees on a button, not by what the script is told. */
  press(what) {
    const buttons = this.page.locator('.buttons button');
    return (what === 'all' ? buttons.last() : buttons.filter({ hasText: SIGNS[what] })).click();
  }

  /** Where a point of the drawing is on the screen. */
  onScreen(x, y) {
    return this.svg.evaluate((svg, [px, py]) => {
      const m = svg.getScreenCTM();
      return [px * m.a + m.e, py * m.d + m.f];
    }, [x, y]);
  }
}

const within = (v, all) => v.x >= -0.5 && v.y >= -0.5 && v.x + v.w <= all.w + 0.5 && v.y + v.h <= all.h + 0.5;

/** Each move by `act`, from well within the map, goes its way and stays on it when it is repeated. */
async function moves(map, all, act, expect, how) {
  const ways = {
    in: (a, b) => near(b.w, a.w / 1.5) && near(b.x + b.w / 2, a.x + a.w / 2) && near(b.y + b.h / 2, a.y + a.h / 2),
    out: (a, b) => near(b.w, a.w * 1.5),
    left: (a, b) => near(b.x, a.x - a.w / 5) && near(b.y, a.y),
    right: (a, b) => near(b.x, a.x + a.w / 5) && near(b.y, a.y),
    up: (a, b) => near(b.y, a.y - a.w / 5) && near(b.x, a.x),
    down: (a, b) => near(b.y, a.y + a.w / 5) && near(b.x, a.x),
    all: (_, b) => near(b.w, all.w) && near(b.x, 0) && near(b.y, 0),
  };
  for (const [way, right] of Object.entries(ways)) {
    await act('all');
    for (let i = 0; i < 4; i += 1) await act('in');
    const before = await map.view();
    await act(way);
    const after = await map.view();
    expect(right(before, after), `${how} ${way}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`);
    for (let i = 0; i < 12; i += 1) await act(way);
    const far = await map.view();
    expect(within(far, all), `${how} ${way} leaves the map: ${JSON.stringify(far)}`);
    expect(near(far.h / far.w, all.h / all.w), `${how} ${way} stretches the map`);
  }
  await act('all');
}

async function select(map, all, expect) {
  const { page } = map;
  const options = await page.locator('select option').evaluateAll((list) => list.map((o) => o.value));
  const some = [...new Set([options.find((v) => v[0] === 's'), options.find((v) => v[0] === 'a'), options.at(-1)])].filter(Boolean);
  for (const value of some) {
    await page.locator('select').selectOption(value);
    const name = await page.locator(`select option[value="${value}"]`).textContent();
    const view = await map.view();
    expect((await map.said()).includes(name.trim()), `choosing ${name} isn't said: ${await map.said()}`);
    expect(view.w < all.w && within(view, all), `choosing ${name} doesn't come closer`);
    const shown = await page.locator('[data-map] .on').evaluateAll((list) => list.map((e) => {
      const [box, edge] = [e.querySelector?.('rect,path') ?? e, e.ownerSVGElement].map((one) => one.getBoundingClientRect());
      return box.left < edge.right && box.right > edge.left && box.top < edge.bottom && box.bottom > edge.top;
    }));
    expect(shown.length === 1 && shown[0], `choosing ${name} doesn't show it`);
    if (value[0] === 's') {
      const told = await page.locator('[data-map] .site.on .name').evaluateAll((list) => list.every((e) => e.checkVisibility({ visibilityProperty: true })));
      expect(told, `the name of ${name}, chosen, isn't shown`);
    }
  }
  await page.locator('select').selectOption('');
  expect(near((await map.view()).w, all.w) && await page.locator('[data-map] .on').count() === 0, 'choosing none doesn\'t show all');
  expect(await map.said() === '', 'choosing none still says a place');
}

async function mouse(map, all, expect) {
  const { page } = map;
  await map.svg.scrollIntoViewIfNeeded();
  for (let i = 0; i < 3; i += 1) await map.press('in');
  let view = await map.view();
  const [fx, fy] = [view.x + view.w * 0.3, view.y + view.h * 0.6];
  const [px, py] = await map.onScreen(fx, fy);
  await page.mouse.move(px, py);
  await page.mouse.wheel(0, 100);
  await page.waitForTimeout(100);
  expect(near((await map.view()).w, view.w), 'the wheel alone zooms: one could not scroll past the map');
  await map.svg.scrollIntoViewIfNeeded();
  const [qx, qy] = await map.onScreen(fx, fy);
  await page.mouse.move(qx, qy);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.waitForTimeout(100);
  await page.keyboard.up('Control');
  const closer = await map.view();
  expect(near(closer.w, view.w / 1.25), `ctrl and the wheel don't come closer: ${view.w} → ${closer.w}`);
  const [rx, ry] = await map.onScreen(fx, fy);
  expect(Math.hypot(rx - qx, ry - qy) < 2, 'ctrl and the wheel don\'t zoom towards the pointer');

  view = await map.view();
  await page.mouse.down();
  await page.mouse.move(qx + 40, qy - 30, { steps: 4 });
  await page.mouse.up();
  const [sx, sy] = await map.onScreen(fx, fy);
  expect(Math.hypot(sx - qx - 40, sy - qy + 30) < 2, 'what is dragged doesn\'t stay under the pointer');
  expect(within(await map.view(), all), 'dragging leaves the map');
  await map.press('all');

  const areas = page.locator('.areas path:has(title)');
  if (await areas.count() > 0) {
    const [label, x, y] = await areas.first().evaluate((path) => {
      const svg = path.ownerSVGElement;
      svg.scrollIntoView({ block: 'center' });
      // A point of it that nothing else covers.
      const box = path.getBoundingClientRect();
      for (let i = 1; i < 20; i += 1) {
        for (let j = 1; j < 20; j += 1) {
          const at = [box.left + box.width * i / 20, box.top + box.height * j / 20];
          if (document.elementFromPoint(...at) === path) return [path.querySelector('title').textContent, ...at];
        }
      }
      return [null, 0, 0];
    });
    if (label) {
      await page.mouse.move(x, y);
      expect(await map.said() === label, `under the pointer: ${label}; said: ${await map.said()}`);
    }
  }
}

async function details(page, expect) {
  const all = page.locator('details');
  for (let i = 0; i < await all.count(); i += 1) {
    const one = all.nth(i);
    await one.evaluate((e) => { e.open = false; });
    await one.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await one.evaluate((e) => e.open), 'a summary doesn\'t open by Enter');
    await page.keyboard.press('Space');
    expect(!await one.evaluate((e) => e.open), 'a summary doesn\'t close by Space');
  }
}

async function links(page, expect) {
  await page.keyboard.press('Tab');
  const skip = page.locator('.skip');
  expect(await skip.evaluate((e) => e === document.activeElement && e.getBoundingClientRect().left >= 0), 'the first Tab doesn\'t show the skip link');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const after = await page.evaluate(() => Boolean(document.querySelector('#reponse').compareDocumentPosition(document.activeElement)
    & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)));
  expect(after, 'the skip link doesn\'t move on to the answer');
  const nav = page.locator('nav a');
  expect(await nav.count() === await page.locator('main > section').count(), 'a section isn\'t in the list of contents');
  for (let i = 0; i < await nav.count(); i += 1) {
    const link = nav.nth(i);
    await link.click();
    const [top, end, same] = await link.evaluate((a) => {
      const section = document.querySelector(a.hash);
      const rest = document.documentElement.scrollHeight - scrollY - innerHeight;
      return [section.getBoundingClientRect().top, rest < 2, section.querySelector('h2').textContent === a.textContent];
    });
    expect(same, `link ${await link.textContent()} leads to another heading`);
    expect(Math.abs(top) < 2 || end, `link ${await link.textContent()} leads to ${top}`);
  }
}

async function withoutScript(browser, url, expect) {
  const page = await open(browser, url, [], { width: 1280, javaScriptEnabled: false });
  const seen = (selector) => page.locator(selector).count();
  expect(await page.locator('[data-map] .tools:visible,[data-map] .keys:visible').count() === 0, 'without JavaScript, controls that do nothing are shown');
  expect(await seen('main h2') > 0 && await page.locator('#reponse li:visible').count() > 0, 'without JavaScript, no answer');
  expect(await page.locator('#carte svg:visible').count() > 0 || await seen('#carte') === 0, 'without JavaScript, no map');
  const closed = page.locator('details').first();
  if (await closed.count() > 0) {
    await closed.locator('summary').click();
    expect(await closed.locator('table').isVisible(), 'without JavaScript, tables don\'t open');
  }
  await page.context().close();
}

/** All controls of a page. */
async function used(page, expect) {
  await links(page, expect);
  await details(page, expect);
  if (await page.locator('[data-map]').count() > 0) {
    const map = new MapInUse(page);
    await map.press('all');
    const whole = await map.view();
    await moves(map, whole, (way) => map.press(way), expect, 'the button');
    const keys = { in: '+', out: '-', left: 'ArrowLeft', right: 'ArrowRight', up: 'ArrowUp', down: 'ArrowDown', all: '0' };
    await map.svg.focus();
    await moves(map, whole, (way) => page.keyboard.press(keys[way]), expect, 'the key');
    await select(map, whole, expect);
    await mouse(map, whole, expect);
    const box = page.locator('[data-map] input[type=checkbox]');
    if (await box.count() > 0) {
      const rings = page.locator('.isochrones');
      const shown = () => rings.evaluate((g) => getComputedStyle(g).display !== 'none');
      expect(await shown(), 'what is within reach isn\'t shown at first');
      await box.focus();
      await page.keyboard.press('Space');
      expect(!await shown(), 'the box doesn\'t hide what is within reach');
      await box.click();
      expect(await shown(), 'the box doesn\'t show what is within reach again');
    } else {
      expect(await page.locator('.isochrones').count() === 0, 'what is within reach has no box');
    }
  }
}

/** What is wrong with the controls of a page, which `spoil` may have spoiled first. */
export async function controls(browser, url, spoil = () => {}) {
  const faults = [];
  const expect = (good, what) => good || faults.push(`controls: ${what}`);
  const page = await open(browser, url, faults, { width: 1280 });
  page.setDefaultTimeout(15_000);
  await page.evaluate(spoil);
  try {
    await used(page, expect);
  } catch (error) {
    expect(false, error.message.split('\n')[0]);
  }
  await page.context().close();
  await withoutScript(browser, url, expect);
  return faults;
}
