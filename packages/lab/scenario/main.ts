import { resolve } from 'node:path';
import { runScenario } from './run.ts';

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
  const started = performance.now();
  const played = await attempt(here === undefined ? file : resolve(here, file));
  if (typeof played === 'string') {
    console.log(`✖ ${file}: ${played}`);
    return 1;
  }
  if (played.kind === 'invalid') {
    console.error(played.problems.join('\n'));
    return 2;
  }
  const { expectations, troubles, labTime } = played;
  for (const trouble of troubles) console.log(`✖ ${trouble}`);
  const held = expectations.filter(({ short }) => short.length === 0).length;
  // Nothing expected is nothing shown.
  const fell = held < expectations.length || troubles.length > 0 || expectations.length === 0;
  const wall = ((performance.now() - started) / 1000).toFixed(1);
  const times = `${Math.round(labTime / 60_000)} min of lab time in ${wall} s`;
  console.log(`${fell ? '✖' : '✔'} ${file}: ${held} of ${expectations.length} expectations held (${times})`);
  return fell ? 1 : 0;
}

/** A step that GitHub or AWS refuses to do ends the story, and says why. */
async function attempt(file: string): Promise<Awaited<ReturnType<typeof runScenario>> | string> {
  try {
    return await runScenario(file, { suite, narrate: line => console.log(line) });
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
