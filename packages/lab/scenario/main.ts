import { resolve } from 'node:path';
import { judgeFile } from './judge.ts';

/** `npm run scenario -- FILE…`: exit 0 held, 1 fell short, 2 not a valid scenario. The worst of several files counts. */
const suite = resolve(import.meta.dirname, '../../..');
/** npm starts its scripts in the project; a file is named from where the person stands. */
const here = process.env.npm_lifecycle_event === 'scenario' ? process.env.INIT_CWD : undefined;

const files = process.argv.slice(2);
if (files.length === 0) console.error('Which scenario? npm run scenario -- FILE…');
let worst = files.length === 0 ? 2 : 0;
for (const file of files) worst = Math.max(worst, await judge(file));
process.exitCode = worst;

async function judge(file: string): Promise<0 | 1 | 2> {
  const path = here === undefined ? file : resolve(here, file);
  const { code, lines } = await judgeFile(file, { path, suite, narrate: line => console.log(line) });
  (code === 2 ? console.error : console.log)(lines.join('\n'));
  return code;
}
