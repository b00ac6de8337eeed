// What is looked at within a page. These functions run in the page and see nothing of this file: each is whole.

/** No element that a file's text made, and the skeleton that a screen reader walks along. */
export function structure() {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const expect = (true_, what) => true_ || faults.push(what);
  const fiche = !document.querySelector('nav');

  expect(all('script').length === (fiche ? 0 : 1), `${all('script').length} scripts`);
  expect(all('style').length === 1, `${all('style').length} styles`);
  expect(all('img').every((img) => img.src.startsWith('data:image/')), 'a picture from elsewhere');
  expect(fiche || all('img').length <= 1, `${all('img').length} pictures`);
  expect(all('iframe,object,embed,form,base,link,audio,video').length === 0, 'an element that has no place here');
  for (const element of all('*')) {
    for (const { name, value } of element.attributes) {
      expect(!name.startsWith('on'), `${name} on ${element.localName}`);
      if (name === 'href' || name === 'src') expect(/^(#|data:image\/)/u.test(value), `${name}=${value.slice(0, 40)}`);
    }
  }

  expect(document.documentElement.lang !== '', 'no language');
  expect(document.title.trim() !== '', 'no title');
  expect(all('h1').length === 1, `${all('h1').length} h1`);
  let level = 0;
  for (const heading of all('h1,h2,h3,h4,h5,h6')) {
    const n = Number(heading.localName[1]);
    expect(n <= level + 1, `h${n} after h${level}: ${heading.textContent}`);
    expect(heading.textContent.trim() !== '', `an empty h${n}`);
    level = n;
  }
  const landmarks = fiche ? ['header', 'main'] : ['header', 'nav', 'main', 'footer'];
  for (const name of landmarks) expect(all(`body>${name}`).length === 1, `${all(`body>${name}`).length} ${name}`);

  for (const table of all('table')) {
    const caption = table.caption?.textContent.trim() ?? '';
    expect(caption !== '', `a table without a caption: ${table.textContent.slice(0, 40)}`);
    expect(all('th').length > 0 && [...table.querySelectorAll('th')].every((th) => th.scope), `a th without scope: ${caption}`);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    expect(rows.every((row) => row.cells[0]?.localName === 'th'), `a row without its header: ${caption}`);
    expect(rows.every((row) => row.cells.length === table.tHead?.rows[0].cells.length), `rows of unlike length: ${caption}`);
  }
  const ids = all('[id]').map((element) => element.id);
  expect(new Set(ids).size === ids.length, 'an identifier twice');
  for (const link of all('a[href^="#"]')) {
    expect(document.getElementById(link.hash.slice(1)) !== null, `${link.hash} leads nowhere`);
  }
  return faults;
}

/** Nothing by colour alone: what the classes of a cell, an answer, a shade or a mark say is also a sign, a word or a shape. */
export function signs() {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  for (const cell of all('.grid td')) {
    const told = cell.textContent.trim();
    if (told === '') faults.push('a cell of the grid that only its colour tells');
  }
  const signOf = new Map();
  for (const cell of all('.grid td')) {
    const sign = cell.querySelector('[aria-hidden]')?.textContent.trim();
    if (signOf.has(cell.className) && signOf.get(cell.className) !== sign) faults.push(`two signs for ${cell.className}`);
    signOf.set(cell.className, sign);
  }
  if (new Set(signOf.values()).size !== signOf.size) faults.push('one sign for two kinds of cells');
  const border = (selector) => all(selector).map((li) => getComputedStyle(li).borderLeftStyle)[0];
  if (border('.answers .yes') && border('.answers .yes') === border('.answers .no')) faults.push('answers differ by colour alone');
  const light = (fill) => {
    const [r, g, b] = fill.match(/[\d.]+/gu).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // Marks differ by shape, or one is filled and the other hollow.
  const looksOf = (kind) => all(`.legend .${kind}`).map((mark) => {
    const shape = mark.querySelector('rect,path');
    return { kind, shape: shape.localName, light: light(getComputedStyle(shape).fill) };
  });
  const kinds = ['open', 'opened', 'candidate'].flatMap(looksOf);
  kinds.forEach((a, i) => kinds.slice(i + 1).forEach((b) => {
    const ratio = (Math.max(a.light, b.light) + 0.05) / (Math.min(a.light, b.light) + 0.05);
    if (a.shape === b.shape && ratio < 3) faults.push(`marks that look alike without colour: ${a.kind}, ${b.kind}`);
  }));
  // Shades lie side by side in both ways: a pattern, or light apart from one another by half as much again.
  const shades = all('.legend svg>rect:only-child').filter((rect) => /^(s\d|bare)$/u.test(rect.getAttribute('class') ?? ''));
  const fills = shades.map((rect) => getComputedStyle(rect).fill);
  const plain = fills.filter((fill) => fill.startsWith('rgb')).map(light).sort((a, b) => a - b);
  plain.forEach((l, i) => {
    if (i > 0 && (l + 0.05) / (plain[i - 1] + 0.05) < 1.15) faults.push('two plain shades that look alike without colour');
  });
  return faults;
}

/** Text against what lies under it, by computed colours: all of it, so that nothing depends on what axe can't decide. */
export function contrast() {
  const rgba = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\d.]+/gu) ?? [0, 0, 0, 0]).map(Number);
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };
  const under = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(e);
      if (backgroundImage !== 'none') return null;
      const colour = rgba(backgroundColor);
      if (colour.a === 1) return colour;
      if (colour.a > 0) return null;
    }
    return null;
  };
  const faults = [];
  const demand = (element, front, back, what) => {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (!back) faults.push(`no plain colour under: ${what}`);
    else if (front.a !== 1) faults.push(`text that one sees through: ${what}`);
    else if (ratio(front, back) < least) faults.push(`contrast ${ratio(front, back).toFixed(2)} < ${least}: ${what}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const what = node.data.trim().slice(0, 40);
    if (what === '' || !element.checkVisibility({ visibilityProperty: true }) || element.closest('script,style,title,option')) continue;
    const style = getComputedStyle(element);
    if (element.closest('svg')) {
      // A name has its halo, a number its mark.
      const mark = element.classList.contains('count') && element.parentElement.querySelector('rect,path');
      demand(element, rgba(style.fill), rgba(mark ? getComputedStyle(mark).fill : style.stroke), what);
    } else {
      demand(element, rgba(style.color), under(element), what);
    }
    for (let e = element; e; e = e.parentElement) {
      if (getComputedStyle(e).opacity !== '1') faults.push(`text that one sees through: ${what}`);
    }
  }
  return faults;
}

/** Nothing wider than the window, nothing too small for a finger, no name of the map cut or written over. */
export function layout() {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility({ visibilityProperty: true }));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const beyond = all('body *').filter((e) => e.getBoundingClientRect().right > root.clientWidth + 0.5 && !e.closest('.wide,svg,.skip,.hear'));
    const names = beyond.slice(0, 4).map((e) => `${e.localName}.${e.className}`);
    faults.push(`${root.scrollWidth} px wide in a window of ${root.clientWidth}: ${names.join(' ')}`);
  }
  for (const target of all('a:not(.skip),button,select,summary,label:has(input)')) {
    const { width, height } = target.getBoundingClientRect();
    if (width < 24 || height < 24) faults.push(`a target of ${width.toFixed()} × ${height.toFixed()} px: ${target.textContent.trim()}`);
  }
  const svg = document.querySelector('[data-map] svg');
  if (svg) {
    const edge = svg.getBoundingClientRect();
    const names = all('.site .name').map((name) => ({ name, box: name.getBoundingClientRect() }));
    const marks = all('.sites .fixed>rect,.sites .fixed>path').map((mark) => ({ mark, box: mark.getBoundingClientRect() }));
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    names.forEach(({ name, box }, i) => {
      const what = name.textContent.slice(0, 30);
      if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1) faults.push(`a name cut at the map's edge: ${what}`);
      if (names.slice(i + 1).some((other) => meet(box, other.box))) faults.push(`a name over another: ${what}`);
      if (marks.some(({ mark, box: other }) => mark.parentElement !== name.parentElement && meet(box, other))) faults.push(`a name over a mark: ${what}`);
    });
  }
  return faults;
}

/** What Tab must stop at, in the order in which it is read. */
export function stops() {
  const all = [...document.querySelectorAll('a[href],button,input,select,summary,[tabindex="0"]')];
  return all.filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled).length;
}

/** Marks what has the focus with the number of its stop, and says what is wrong with it. */
export function focused(n) {
  const faults = [];
  const e = document.activeElement;
  if (!e || e === document.body) return { end: true, faults };
  const order = [...document.querySelectorAll('a[href],button,input,select,summary,[tabindex="0"]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled);
  const labels = e.labels ? [...e.labels].map((label) => label.textContent).join(' ') : '';
  const named = e.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ') ?? '';
  const name = (e.getAttribute('aria-label') ?? (named || labels || e.textContent)).trim();
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  const what = `${e.localName} ${name.slice(0, 30)}`;
  if (name === '') faults.push(`a ${e.localName} without a name has the focus`);
  if (order[n] !== e) faults.push(`Tab stops at ${what} out of order`);
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) faults.push(`focus that is not seen: ${what}`);
  if (box.width === 0 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) faults.push(`focus off the screen: ${what}`);
  return { end: false, faults };
}
