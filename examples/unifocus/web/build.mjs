// A build as bundlers make it: scripts and styles are named by the hash of their content, and the page names them.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const here = import.meta.dirname;
const { version } = JSON.parse(readFileSync(`${here}/package.json`, 'utf8'));
mkdirSync(`${here}/dist/assets`, { recursive: true });

function hashed(name) {
  const text = readFileSync(`${here}/src/${name}`, 'utf8').replaceAll('%VERSION%', version);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const path = `assets/${name.replace('.', `.${hash}.`)}`;
  writeFileSync(`${here}/dist/${path}`, text);
  return `/${path}`;
}

const page = readFileSync(`${here}/src/index.html`, 'utf8')
  .replace('%SCRIPT%', hashed('app.js'))
  .replace('%STYLE%', hashed('app.css'))
  .replaceAll('%VERSION%', version);
writeFileSync(`${here}/dist/index.html`, page);
