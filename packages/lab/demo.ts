import { readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readScenario } from './scenario/read.ts';
import { reportOf } from './scenario/report.ts';
import { runScenario } from './scenario/run.ts';
import { verdictOf } from './scenario/verdict.ts';

/**
 * `npm run demo`: the release of Unifocus, played in front of you. `--list` shows all scenarios, `--scenario NAME` plays another,
 * `--report DIR` says where the page goes. Exit code 0 only when every expectation held.
 */
const suite = resolve(import.meta.dirname, '../..');
const folder = join(suite, 'test/scenarios');
/** npm starts its scripts in the project; a folder is named from where the person stands. */
const here = process.env.npm_lifecycle_event === 'demo' ? (process.env.INIT_CWD ?? '.') : '.';
const { values } = parseArgs({
  options: {
    list: { type: 'boolean', default: false },
    scenario: { type: 'string', default: 'unifocus' },
    report: { type: 'string', default: join(suite, 'report') },
  },
});

if (values.list) list();
else process.exitCode = await demo(values.scenario, resolve(here, values.report));

function scenarios(): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yml') && !file.endsWith('.world.yml'))
    .toSorted();
}

function list(): void {
  for (const file of scenarios()) {
    const read = readScenario(join(folder, file));
    console.log(`${file.replace(/\.yml$/, '').padEnd(40)} ${read.ok ? read.scenario.name : 'not a valid scenario'}`);
  }
}

async function demo(name: string, directory: string): Promise<number> {
  const exact = scenarios().filter(file => file === `${name}.yml`);
  const [known, ...others] = exact.length > 0 ? exact : scenarios().filter(file => basename(file) === `${name}.yml`);
  if (known === undefined) {
    console.error(`There is no scenario ${name}; \`npm run demo -- --list\` shows those that there are.`);
    return 2;
  }
  if (others.length > 0) {
    const names = [known, ...others].map(file => file.replace(/\.yml$/, ''));
    console.error(`There are several scenarios ${name}: ${names.join(', ')}.`);
    return 2;
  }
  const file = join(folder, known);
  const started = performance.now();
  let page = '';
  const played = await runScenario(file, {
    suite,
    narrate: line => console.log(line),
    finished: async (stage, result) => {
      const took = performance.now() - started;
      page = await reportOf(stage, result, { directory, file: relative(suite, file), took });
    },
  });
  const { code, lines } = verdictOf(relative(suite, file), played, performance.now() - started);
  (code === 2 ? console.error : console.log)(`\n${lines.join('\n')}`);
  if (page !== '') console.log(`What a person would have seen on GitHub: ${page}`);
  return code;
}
