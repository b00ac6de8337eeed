'use strict';
(() => {
  const box = document.querySelector('[data-map]');
  if (!box) return;
  const svg = box.querySelector('svg');
  const said = box.querySelector('.said');
  const select = box.querySelector('select');
  const areas = [...svg.querySelectorAll('.areas path')];
  const sites = [...svg.querySelectorAll('.site')];
  const rings = svg.querySelector('.isochrones');
  const whole = svg.viewBox.baseVal;
  const [W, H] = [whole.width, whole.height];
  let [x, y, w] = [0, 0, W];
  box.querySelectorAll('[hidden]').forEach((e) => { e.hidden = false; });
  svg.tabIndex = 0;

  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const holds = (r, b) => r.left <= b.left && b.right <= r.right && r.top <= b.top && b.bottom <= r.bottom;
  // Marks and names keep their size on the screen; names that would be cut, or lie on others or on marks, wait
  // until one is closer. The chosen site has the first word, then what lies on top.
  const fit = () => {
    const r = svg.getBoundingClientRect();
    svg.style.setProperty('--z', Math.max(w / r.width, w * H / W / r.height) / 2.2);
    const marks = sites.map((site) => site.querySelector('rect,path').getBoundingClientRect());
    const shown = [];
    const order = sites.map((_, i) => i).reverse();
    order.sort((a, b) => sites[b].classList.contains('on') - sites[a].classList.contains('on'));
    for (const i of order) {
      const name = sites[i].querySelector('.name');
      if (!name) continue;
      const b = name.getBoundingClientRect();
      const free = holds(r, b) && !shown.some((o) => meet(o, b)) && !marks.some((o, k) => k !== i && meet(o, b));
      name.style.visibility = free ? 'visible' : 'hidden';
      if (free) shown.push(b);
    }
  };
  const show = () => {
    w = Math.min(W, Math.max(W / 16, w));
    const h = w * H / W;
    x = Math.min(W - w, Math.max(0, x));
    y = Math.min(H - h, Math.max(0, y));
    svg.setAttribute('viewBox', `${x} ${y} ${w} ${h}`);
    fit();
  };
  const zoom = (by, cx = x + w / 2, cy = y + w * H / W / 2) => {
    const before = w;
    w = Math.min(W, Math.max(W / 16, w * by));
    x = cx - (cx - x) * w / before;
    y = cy - (cy - y) * w / before;
    show();
  };
  const moves = {
    in: () => zoom(1 / 1.5),
    out: () => zoom(1.5),
    all: () => { [x, y, w] = [0, 0, W]; show(); },
    left: () => { x -= w / 5; show(); },
    right: () => { x += w / 5; show(); },
    up: () => { y -= w / 5; show(); },
    down: () => { y += w / 5; show(); },
  };
  const keys = {
    '+': 'in', '=': 'in', '-': 'out', 0: 'all',
    ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
  };
  const tell = (e) => { const t = e && e.querySelector('title'); said.textContent = t ? t.textContent : ''; };
  const point = (event) => {
    const m = svg.getScreenCTM();
    return m ? [(event.clientX - m.e) / m.a, (event.clientY - m.f) / m.d] : [x, y];
  };

  box.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button) moves[button.dataset.do]();
  });
  svg.addEventListener('keydown', (event) => {
    const move = !event.ctrlKey && !event.metaKey && !event.altKey && keys[event.key];
    if (move) { event.preventDefault(); moves[move](); }
  });
  svg.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1 / 1.25 : 1.25, ...point(event));
  }, { passive: false });
  let held = null;
  svg.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' && w === W) return;
    held = point(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (!held) { tell(event.target.closest('path,.site')); return; }
    const [px, py] = point(event);
    x += held[0] - px;
    y += held[1] - py;
    show();
  });
  ['pointerup', 'pointercancel'].forEach((name) => svg.addEventListener(name, () => { held = null; }));
  select.addEventListener('change', () => {
    svg.querySelectorAll('.on').forEach((e) => e.classList.remove('on'));
    const n = Number(select.value.slice(1));
    const chosen = select.value[0] === 's' ? sites[n] : select.value[0] === 'a' ? areas[n] : null;
    tell(chosen);
    if (!chosen) { moves.all(); return; }
    chosen.classList.add('on');
    const b = chosen.classList.contains('site') ? null : chosen.getBBox();
    const t = b ? null : chosen.transform.baseVal.getItem(0).matrix;
    w = W / 3;
    x = (b ? b.x + b.width / 2 : t.e) - w / 2;
    y = (b ? b.y + b.height / 2 : t.f) - w * H / W / 2;
    show();
  });
  addEventListener('resize', fit);
  addEventListener('beforeprint', () => svg.style.setProperty('--z', 1));
  addEventListener('afterprint', fit);
  fit();
  const check = box.querySelector('input');
  if (check) check.addEventListener('change', () => { rings.style.display = check.checked ? '' : 'none'; });
})();
