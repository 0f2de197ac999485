import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readEvent, readLock } from '#core/command/terraform-events';
import { summarisePlan } from '#core/command/terraform-plan';

/** What a program answered, without what is another in every run: times, ids, the order of what goes on at once. */
interface Answer {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

interface Called {
  readonly what: string;
  readonly answer: Answer;
}

/** These the stand-in does not write, and no command component reads them. */
const leftOut = /^(refresh_|provision_|resource_drift)/;

/** The same commands to the real tool and to the stand-in of the scenarios; answers where they differ. */
export async function compareStandIn(program: string, standIn: string): Promise<readonly string[]> {
  const real = await answersOf([program]);
  const played = await answersOf([process.execPath, standIn]);
  return real.flatMap(({ what, answer }, index) => {
    const [wanted, found] = [JSON.stringify(answer, null, 2), JSON.stringify(played[index]?.answer, null, 2)];
    return wanted === found ? [] : [`${what}: OpenTofu answers ${wanted}\nand the stand-in ${found}`];
  });
}

async function answersOf(program: readonly string[]): Promise<readonly Called[]> {
  const folder = mkdtempSync(join(tmpdir(), 'release-actions-stand-in-'));
  try {
    return await play(program, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(program: readonly string[], folder: string): Promise<readonly Called[]> {
  const module = join(folder, 'module');
  mkdirSync(module);
  const env = {
    ...{ PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: folder, OUTSIDE: folder },
    ...{ TF_DATA_DIR: join(folder, 'data'), TF_IN_AUTOMATION: '1' },
  };
  const [first = '', ...before] = program;
  const called: Called[] = [];
  const call = (what: string, ...args: readonly string[]) => {
    const { status, stdout } = spawnSync(first, [...before, ...args], { cwd: module, env, encoding: 'utf8' });
    called.push({ what, answer: { exitCode: status ?? -1, lines: linesOf(args[0] ?? '', stdout) } });
  };
  const write = (configuration: object) =>
    writeFileSync(
      join(module, 'main.tf.json'),
      JSON.stringify({ terraform: { backend: { local: {} } }, ...configuration }),
    );
  const planned = (what: string, file: string, ...vars: readonly string[]) => {
    const out = join(folder, file);
    call(`${what}: plan`, 'plan', '-input=false', '-json', '-detailed-exitcode', `-out=${out}`, ...vars);
    call(`${what}: show`, 'show', '-json', out);
  };
  const apply = (what: string, file: string) => call(what, 'apply', '-input=false', '-json', join(folder, file));
  const secret = { password: { type: 'string', sensitive: true, default: 'hunter2' } };
  const resources = (size: string, more: object = {}) => ({
    variable: secret,
    resource: {
      terraform_data: {
        ...{ vpc: { input: size }, gateway: { input: 'open', triggers_replace: [size] } },
        ...{ service: { input: '${var.password}' }, ...more },
      },
    },
    output: { size: { value: '${terraform_data.vpc.output}' }, word: { value: '${var.password}', sensitive: true } },
  });

  write(resources('small', { old: { input: 'old' } }));
  call('init', 'init', '-input=false', `-backend-config=path=${join(folder, 'one.tfstate')}`);
  planned('create', 'create');
  apply('create: apply', 'create');
  planned('nothing to change', 'same');
  apply('a plan applied twice', 'create');
  write(resources('large'));
  planned('update, replace, delete', 'change');
  apply('update, replace, delete: apply', 'change');
  write(resources('large', { broken: { input: 'x', provisioner: { 'local-exec': { command: 'exit 3' } } } }));
  planned('a failure', 'broken');
  apply('a failure: apply', 'broken');
  planned('after the failure', 'tainted');
  write({ variable: { size: { type: 'string' } }, resource: { terraform_data: { vpc: { input: '${var.size}' } } } });
  planned('a variable without a value', 'missing');
  planned('a variable with a value', 'given', '-var=size=small');
  await locked(called, { first, before, module, env, folder }, write);
  return called;
}

interface Place {
  readonly first: string;
  readonly before: readonly string[];
  readonly module: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** One holds the lock while the other asks for it. */
async function locked(called: Called[], place: Place, write: (configuration: object) => void): Promise<void> {
  const { first, before, module, env, folder } = place;
  write({
    resource: { terraform_data: { slow: { input: 'x', provisioner: { 'local-exec': { command: 'sleep 4' } } } } },
  });
  const run = (...args: readonly string[]) =>
    spawnSync(first, [...before, ...args], { cwd: module, env, encoding: 'utf8' });
  const plan = join(folder, 'slow');
  run('plan', '-input=false', '-json', `-out=${plan}`);
  const holder = spawn(first, [...before, 'apply', '-input=false', '-json', plan], {
    cwd: module,
    env,
    stdio: 'ignore',
  });
  const gone = new Promise(resolve => holder.on('close', resolve));
  await delay(2_000);
  const { status, stdout } = run('plan', '-input=false', '-json', `-out=${plan}`);
  const detail = eventsOf(stdout)
    .flatMap(event => event.diagnostic ?? [])
    .map(({ summary, detail: text }) => `${summary}\n${text}`);
  const lock = readLock(detail.join('\n'));
  const seen = [
    lock?.operation ?? '',
    lock?.id.length === 36,
    lock?.who.includes('@'),
    !Number.isNaN(lock?.created ?? Number.NaN),
  ];
  called.push({ what: 'a lock', answer: { exitCode: status ?? -1, lines: seen.map(String) } });
  await gone;
}

function linesOf(command: string, stdout: string): readonly string[] {
  switch (command) {
    case 'show': {
      const plan = parse(stdout);
      return [JSON.stringify(summarisePlan('.', plan) ?? 'no plan')].map(same);
    }
    case 'plan':
    case 'apply':
      return eventsOf(stdout)
        .filter(({ type }) => !leftOut.test(type))
        .map(({ type, level, message, diagnostic, outputs }) => {
          const { severity, summary, detail, address } = diagnostic ?? {};
          return same(JSON.stringify({ type, level, message, severity, summary, detail, address, outputs }));
        })
        .toSorted();
    default:
      return [];
  }
}

function eventsOf(stdout: string) {
  return stdout.split('\n').flatMap(line => readEvent(line) ?? []);
}

function same(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/after \d+s/g, 'after 0s')
    .replaceAll('1.6.3-dev', '1.6.3');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
