// What a bundler does: a page that names its script by the hash of its content. The settings of an environment are not built in.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const here = new URL('./', import.meta.url);
const read = path => readFileSync(new URL(path, here), 'utf8');
const { version } = JSON.parse(read('package.json'));
const script = read('src/main.js').replaceAll('__VERSION__', version);
const name = `assets/main.${createHash('sha256').update(script).digest('hex').slice(0, 8)}.js`;

mkdirSync(new URL('dist/assets', here), { recursive: true });
writeFileSync(new URL(`dist/${name}`, here), script);
writeFileSync(
  new URL('dist/index.html', here),
  read('src/index.html').replaceAll('__SCRIPT__', `/${name}`).replaceAll('__VERSION__', version),
);
