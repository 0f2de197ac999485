import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatProblem } from '#core/flow/problem';
import { accountsOf } from './scenario/aws/places.ts';
import { createNarrator } from './scenario/narrate.ts';
import { readWorld } from './scenario/read.ts';
import type { World } from './scenario/schema.ts';
import { openWorld } from './shell/open-world.ts';
import { shellVariables } from './shell/variables.ts';

/**
 * `npm run lab -- --world FILE`: keeps a lab running until Ctrl-C. Standard output has the variables that put a shell into it, and
 * nothing else; what happens is told on standard error.
 */
const usage = `npm run lab -- --world FILE [--account ID] [--environment NAME] [--speed N]

  --world        a scenario, or a world that scenarios extend
  --account      make AWS calls in this account; that of the first service unless said
  --environment  be the release job of this environment, with its token and its OIDC tokens, instead of the first person
  --speed        lab seconds per second; 1 unless said. Signatures count for five minutes: SDKs correct their clock by themselves
`;

const suite = resolve(import.meta.dirname, '../..');
const here = process.env.npm_lifecycle_event === 'lab' ? (process.env.INIT_CWD ?? '.') : '.';
const asked = readArguments();
if (typeof asked === 'string') refuse(`${asked}\n\n${usage}`);
else await run(asked.world, asked);

interface Asked {
  readonly world: string;
  readonly account?: string | undefined;
  readonly environment?: string | undefined;
  readonly speed: number;
}

function readArguments(): Asked | string {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { world: text, account: text, environment: text, speed: text } });
    const speed = Number(values.speed ?? 1);
    if (values.world === undefined) return 'Which world?';
    if (!(speed > 0 && Number.isFinite(speed))) return `--speed is a positive number, not ${values.speed}`;
    return { ...values, world: resolve(here, values.world), speed };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function run(file: string, { account, environment, speed }: Asked): Promise<void> {
  const read = readWorld(file);
  if (!read.ok) return refuse(read.problems.map(formatProblem).join('\n'));
  const fault = unknownName(read.world, { account, environment });
  if (fault !== undefined) return refuse(fault);
  const say = (line: string) => console.error(line);
  const open = await openWorld(read.world, {
    file,
    suite,
    speed,
    onProgress: createNarrator(say).tell,
    onTrouble: say,
  });
  for (const [name, value] of Object.entries(shellVariables(open, { account, environment }))) {
    console.log(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
  }
  say(`The lab runs ${open.repository.fullName} until Ctrl-C. Put the lines above into another shell.`);
  const ended = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve());
  await ended.promise;
  await open.lab.close();
}

function unknownName({ aws, repository }: World, { account, environment }: Omit<Asked, 'world' | 'speed'>) {
  const accounts = accountsOf(aws);
  const environments = Object.keys(repository.environments ?? {});
  if (account !== undefined && !accounts.includes(account)) {
    return `there is no account ${account}; there is ${accounts.join(', ')}`;
  }
  if (environment !== undefined && !environments.includes(environment)) {
    return `there is no environment ${environment}; there is ${environments.join(', ')}`;
  }
  return undefined;
}

function refuse(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
