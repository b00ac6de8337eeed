// Shows that the checks can fail: a page is spoiled in known ways, and each must be caught by what is said of it.
import { controls } from './controls.mjs';
import { examined, opened, tabbed } from './examine.mjs';

const WAYS = [
  ['a caption is gone', /without a caption/u, () => document.querySelector('caption').remove()],
  ['a header without scope', /without scope/u, () => document.querySelector('th').removeAttribute('scope')],
  ['pale text', /contrast/u, () => { document.querySelector('.answers p').style.color = '#999'; }],
  ['a pale name on the map', /contrast/u, () => { document.querySelector('text.name').style.fill = '#bbb'; }],
  ['text on a gradient', /no plain colour/u, () => { document.querySelector('header').style.background = 'linear-gradient(#fff,#eee)'; }],
  ['a picture that runs', /onerror/u, () => { document.querySelector('main').insertAdjacentHTML('beforeend', '<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onerror="0">'); }],
  ['a picture from elsewhere', /request: |picture from elsewhere/u, () => { document.querySelector('main').insertAdjacentHTML('beforeend', '<img alt="" src="x.png">'); }],
  ['a script more', /2 scripts/u, () => document.body.append(document.createElement('script'))],
  ['a link that runs', /href=javascript/u, () => { document.querySelector('nav a').setAttribute('href', 'javascript:0'); }],
  ['a message', /console: /u, () => console.log('here')],
  ['a dialog', /dialog: /u, () => alert(1)],
  ['a wide element', /px wide/u, () => { document.querySelector('h1').style.width = '3000px'; }],
  ['a small button', /a target of/u, () => { document.querySelector('button').style.cssText = 'min-height:0;min-width:0;height:12px;width:12px;overflow:hidden'; }],
  ['a second h1', /2 h1/u, () => document.querySelector('main').append(Object.assign(document.createElement('h1'), { textContent: 'x' }))],
  ['a heading jumped over', /h4 after/u, () => { document.querySelector('h3').outerHTML = '<h4>x</h4>'; }],
  ['no landmark', /0 main/u, () => { document.querySelector('main').outerHTML = document.querySelector('main').innerHTML; }],
  ['no language', /no language/u, () => document.documentElement.removeAttribute('lang')],
  ['a button without a name', /axe violation button-name/u, () => { document.querySelector('button').textContent = ''; }],
  ['a name over another', /a name over another/u, () => document.querySelectorAll('.site').forEach((g) => { g.setAttribute('transform', 'translate(300 300)'); })],
  ['a name cut at the edge', /cut at the map/u, () => document.querySelectorAll('.name').forEach((name) => { name.style.visibility = 'visible'; name.setAttribute('x', '3000'); })],
  ['marks alike', /look alike/u, () => document.querySelectorAll('.legend .site').forEach((svg) => { svg.innerHTML = '<rect width="9" height="9" style="fill:#000"/>'; })],
  ['answers by colour alone', /colour alone/u, () => document.querySelectorAll('.answers li').forEach((li) => { li.style.borderLeftStyle = 'solid'; })],
  ['focus unseen', /focus that is not seen/u, () => { document.querySelectorAll('a,summary').forEach((e) => { e.style.outline = 'none'; }); }],
  ['focus out of order', /out of order/u, () => { document.querySelector('nav a').tabIndex = 5; }],
];

/** Controls that do something else than they say. */
const BROKEN = [
  ['left and right swapped', /the button left/u, () => { const [a, b] = ['left', 'right'].map((way) => document.querySelector(`[data-do=${way}]`)); a.dataset.do = 'right'; b.dataset.do = 'left'; }],
  ['a button that does nothing', /the button (in|out)/u, () => { document.querySelector('[data-do=in]').addEventListener('click', (event) => event.stopPropagation()); }],
  ['keys that do nothing', /the key/u, () => document.querySelector('[data-map]').addEventListener('keydown', (event) => event.stopPropagation(), true)],
  ['a place that isn\'t said', /isn't said/u, () => { const said = document.querySelector('.said'); said.replaceWith(said.cloneNode()); }],
  ['a link to another part', /another heading/u, () => document.querySelector('nav a').setAttribute('href', '#carte')],
  ['a summary that stays closed', /doesn't open/u, () => document.querySelector('summary').addEventListener('click', (event) => event.preventDefault())],
];

/** How many ways were not caught. */
export async function selfTest(browser, url) {
  let missed = 0;
  const tell = (what, caught, faults) => {
    console.log(`${caught ? 'caught' : 'MISSED'} ${what}`);
    if (!caught) faults.slice(0, 5).forEach((fault) => console.log(`       ${fault}`));
    missed += caught ? 0 : 1;
  };
  for (const [what, told, spoil] of WAYS) {
    const faults = [];
    const page = await opened(browser, url, faults, { width: 1280 });
    await page.evaluate(spoil);
    faults.push(...await examined(page), ...await tabbed(page));
    tell(what, faults.some((fault) => told.test(fault)), faults);
    await page.context().close();
  }
  for (const [what, told, spoil] of BROKEN) {
    const faults = await controls(browser, url, spoil);
    tell(what, faults.some((fault) => told.test(fault)), faults);
  }
  return missed;
}
