// A territory whose every text would like to be more than text.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text that may have spaces. */
const NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>',
  'javascript:alert(3)',
  '&lt;b&gt; &amp; &#60;script&#62;',
  '\u202Eהפוך abc\u202C',
  'Anticonstitutionnellement'.repeat(4),
  '🚌👩‍🦽🇫🇷 é́́́́',
  `' onmouseover='alert(4)`,
  '</title></style><svg onload=alert(5)>',
  '{{ 7 * 7 }} ${alert(6)} --> ]]>',
  '</script><iframe src=javascript:alert(7)>',
  '\u2067א\u2069 \u200Fשלום',
];

/** The same without what separates identifiers, a prefix making them different. */
const KEYS = NAMES.map((name, i) => [...`${i}${name.replace(/[\s,;|]/gu, '/')}`].slice(0, 40).join(''));

const field = (text) => `"${String(text).replaceAll('"', '""')}"`;
const table = (head, rows) => [head, ...rows.map((row) => row.map(field).join(','))].join('\n').concat('\n');
const toml = (text) => JSON.stringify(text);

/** A youth a line: from each commune four, some by car. */
function youths(programmes) {
  return NAMES.flatMap((_, place) => [0, 1, 2, 3].map((n) => [
    `${KEYS[(place + n) % KEYS.length]}${place}.${n}`,
    place === 11 ? '' : String(37900 + place),
    `200${5 + n}-0${1 + n}`,
    n < 2 ? 'voiture' : '',
    n < 2 ? 'B' : '',
    programmes.join('|'),
  ]));
}

/** Writes the territory. */
export function hostile(folder) {
  mkdirSync(folder, { recursive: true });
  const write = (name, text) => writeFileSync(join(folder, name), text);
  const [square, lon, lat] = [0.05, (i) => 0.2 + (i % 4) * 0.05, (i) => 47 + Math.floor(i / 4) * 0.05];
  const programmes = KEYS.slice(0, 3);
  write('territory.toml', [
    'schema = 1', `name = ${toml(NAMES[0] + NAMES[1] + NAMES[5])}`,
    '[defaults]', 'threshold = 3', 'ages_on = "2026-09-01"',
    '[[slot]]', `id = ${toml(KEYS[1])}`, 'day = "mar"', 'from = "9h00"', 'to = "12h00"',
    '[[slot]]', `id = ${toml(KEYS[0])}`, 'day = "jeu"', 'from = "9h00"', 'to = "12h00"',
  ].join('\n'));
  write('communes.csv', table('insee_code,name,epci_name,population,lon,lat', NAMES.map((name, i) =>
    [37900 + i, name, NAMES[(i + 1) % NAMES.length], 1000, lon(i) + square / 2, lat(i) + square / 2])));
  write('communes.geojson', JSON.stringify({
    type: 'FeatureCollection',
    features: NAMES.map((name, i) => {
      const [w, s, e, n] = [lon(i), lat(i), lon(i) + square, lat(i) + square];
      const coordinates = [[[w, s], [e, s], [e, n], [w, n], [w, s]]];
      return { type: 'Feature', properties: { insee_code: String(37900 + i), nom: name }, geometry: { type: 'Polygon', coordinates } };
    }),
  }));
  write('places.csv', table('id,name,insee_code,lon,lat', NAMES.map((name, i) =>
    [KEYS[i], name, 37900 + i, lon(i) + 0.01, lat(i) + 0.01])));
  write('sites.csv', table('id,name,insee_code,kind,opening_eur', NAMES.slice(0, 8).map((name, i) =>
    [KEYS[i], name, 37900 + i, i < 5 ? 'existing' : 'candidate', i < 5 ? '' : 100])));
  write('advisers.csv', table('id,sites,slots,half_days', [[KEYS[1], '*', '*', 10]]));
  write('calendar.csv', table('kind,name,start,end,site', [['ferie', NAMES[0], '2026-11-11', '', ''], ['fermeture', NAMES[1], '2026-12-21', '', KEYS[0]]]));
  write('links.csv', table('id,from,to,mode,minutes,line,both_ways', [[KEYS[1], KEYS[3], KEYS[0], 'autocar', 12, KEYS[0], 'oui']]));
  write('on_demand.csv', table('id,name,communes,from,to', [[KEYS[1], NAMES[1], '37903|37904', '7h00', '19h00']]));
  write('programmes.toml', programmes.map((id, i) => [
    '[[programme]]', `id = ${toml(id)}`, `name = ${toml(NAMES[i === 2 ? 5 : i])}`,
    `min = ${i === 2 ? 90 : 4}`, `target = ${i === 2 ? 90 : 6}`, `max = ${i === 2 ? 99 : 8}`,
    'half_days = 1', 'weeks = 3', 'start = "2026-09-07"',
  ].join('\n')).join('\n\n'));
  write('youths.csv', table('id,place,birth,vehicles,licences,programmes', youths(programmes)));
  write('pins.toml', `[[in]]\nyouth = ${toml(youths(programmes)[0][0])}\nprogramme = ${toml(programmes[0])}\n`);
}
