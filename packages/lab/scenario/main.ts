import { resolve } from 'node:path';
import { runScenario } from './run.ts';

/** `npm run scenario -- FILE…`: exit 0 held, 1 fell short, 2 not a valid scenario. */
const suite = resolve(import.meta.dirname, '../../..');
const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Which scenario? npm run scenario -- FILE…');
  process.exit(2);
}

let worst = 0;
for (const file of files) {
  const started = performance.now();
  const played = await runScenario(file, { suite, narrate: line => console.log(line) });
  if (played.kind === 'invalid') {
    console.error(played.problems.join('\n'));
    worst = 2;
    continue;
  }
  const short = played.expectations.filter(expectation => expectation.short.length > 0);
  for (const trouble of played.troubles) console.log(`✖ ${trouble}`);
  const fell = short.length > 0 || played.troubles.length > 0 || played.expectations.length === 0;
  if (fell) worst = Math.max(worst, 1);
  const wall = ((performance.now() - started) / 1000).toFixed(1);
  const lab = Math.round(played.labTime / 60_000);
  console.log(
    `${fell ? '✖' : '✔'} ${file}: ${played.expectations.length - short.length} of ${played.expectations.length} expectations held (${lab} min of lab time in ${wall} s)`,
  );
}
process.exitCode = worst;
