// Territories and the report folders that the command makes of them.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostile } from './hostile.mjs';

export const ROOT = join(import.meta.dirname, '../..');
export const OUT = join(ROOT, 'target/browser');

/** The command: the one named in MAILLAGE, or what `cargo build` made, or `cargo build --release`. */
export function command() {
  const built = ['target/debug/maillage', 'target/release/maillage'].map((path) => join(ROOT, path));
  const found = [process.env.MAILLAGE, ...built].find((path) => path && existsSync(path));
  if (!found) throw new Error('no command: cargo build');
  return found;
}

/** The valley with its roads, so that what is within reach shows. */
function valleyWithRoads(folder) {
  cpSync(join(ROOT, 'data/valley'), folder, { recursive: true });
  for (const name of readdirSync(join(folder, 'roads'))) cpSync(join(folder, 'roads', name), join(folder, name));
}

/** A report folder; nothing is done when `keep` finds one. */
function report(territory, name, lang, keep) {
  const folder = join(OUT, 'reports', `${name}-${lang}`);
  if (keep && existsSync(folder)) return { name: `${name}-${lang}`, lang, folder };
  rmSync(folder, { recursive: true, force: true });
  // The Chinonais goes without a logo, and is the picture of README.md.
  const logo = name === 'chinonais' ? [] : ['--logo', join(OUT, 'logo.svg')];
  // The page with levers is another one, with a section more.
  const verb = name === 'levers' ? 'levers' : 'plan';
  execFileSync(command(), [verb, territory, '--quiet', '--lang', lang, '--out', folder, ...logo], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { name: `${name}-${lang}`, lang, folder };
}

/** The reports that are checked, those whose name begins with `only`, in these languages at most. */
export function reports(keep, only = '', langs = ['fr', 'en']) {
  const made = join(OUT, 'territories');
  rmSync(made, { recursive: true, force: true });
  mkdirSync(join(OUT, 'reports'), { recursive: true });
  writeFileSync(
    join(OUT, 'logo.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="56"><rect width="120" height="56" fill="#0b4f6c"/></svg>',
  );
  valleyWithRoads(join(made, 'roads'));
  hostile(join(made, 'hostile'));
  // A decision already made there needs the candidate site.
  cpSync(join(ROOT, 'data/valley'), join(made, 'levers'), { recursive: true });
  rmSync(join(made, 'levers/pins.toml'));
  const territories = [
    ['valley', join(ROOT, 'data/valley'), ['fr', 'en']],
    ['levers', join(made, 'levers'), ['fr', 'en']],
    ['roads', join(made, 'roads'), ['fr']],
    ['hostile', join(made, 'hostile'), ['fr']],
    ['chinonais', join(ROOT, 'data/chinonais'), ['fr', 'en']],
  ];
  const wanted = territories.filter(([name]) => name.startsWith(only));
  const spoken = (told) => told.filter((lang) => langs.includes(lang));
  return wanted.flatMap(([name, path, told]) => spoken(told).map((lang) => report(path, name, lang, keep)));
}

/** The pages of a report: both kinds, and one document of fiches. */
export function pagesOf({ name, lang, folder }) {
  const fiches = join(folder, 'interne/fiches');
  const first = existsSync(fiches) ? readdirSync(fiches).filter((f) => f.endsWith('.html')).sort()[0] : undefined;
  const page = (kind, path) => ({ name: `${name}-${kind}`, kind, lang, path: join(folder, path) });
  return [
    page('interne', 'interne/index.html'),
    page('partage', 'partage/index.html'),
    ...(first ? [page('fiche', `interne/fiches/${first}`)] : []),
  ];
}
