import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ActionRun, openWorkshop, type Workshop } from './actions.ts';

/** Marked as sensitive in the configuration, or handed over by `secret-env`: nobody may read either. */
const secrets = ['hunter2-of-the-database', 'key-in-the-code'];

/** Two modules in order: what the lab’s stand-in plays, by the real tool. */
function modulesOf(size: string, extra: object = {}, states?: string): Readonly<Record<string, string>> {
  const backend = (module: string) => ({
    local: states === undefined ? {} : { path: join(states, `${module}-of-both.tfstate`) },
  });
  const network = {
    terraform: { backend: backend('network') },
    resource: { terraform_data: { vpc: { input: size }, gateway: { input: 'open', triggers_replace: [size] } } },
    output: { size: { value: '${terraform_data.vpc.output}' } },
  };
  const api = {
    terraform: { backend: backend('api') },
    variable: { password: { type: 'string', sensitive: true }, key: { default: secrets[1], sensitive: true } },
    resource: { terraform_data: { service: { input: '${var.password}-${var.key}' }, ...extra } },
  };
  return { 'network/main.tf.json': JSON.stringify(network), 'api/main.tf.json': JSON.stringify(api) };
}

const sleeping = (seconds: number) => ({
  slow: { input: 'slow', provisioner: { 'local-exec': { command: `sleep ${seconds}` } } },
});

/** Plays the whole life of a component with the real tool and the built actions. Answers what does not hold. */
export async function playOpenTofu(program: string, suite: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'release-actions-tofu-'));
  const short: string[] = [];
  const expect = (what: string, run: ActionRun, wanted: string, ...texts: readonly string[]) => {
    const found = `${run.outputs.outcome} ${run.outputs.reason}`;
    const lacking = texts.filter(text => !run.shown.includes(text));
    const leaked = secrets.filter(
      secret => run.shown.includes(secret) || Object.values(run.outputs).some(value => value.includes(secret)),
    );
    if (found !== wanted) short.push(`${what}: wanted ${wanted}, found ${found}\n${run.shown}`);
    if (lacking.length > 0) short.push(`${what}: lacks ${lacking.join(' and ')}\n${run.shown}`);
    if (leaked.length > 0) short.push(`${what}: a secret can be read`);
  };
  try {
    const shop = openWorkshop(folder, suite, program);
    await tellStory(shop, program, expect, short);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return short;
}

type Expect = (what: string, run: ActionRun, wanted: string, ...texts: readonly string[]) => void;

async function tellStory(shop: Workshop, program: string, expect: Expect, short: string[]): Promise<void> {
  const state = (module: string) => join(shop.states, `${module}.tfstate`);
  const componentOf = (...lines: readonly string[]) =>
    ['target: command', 'tool: opentofu', 'secret-env: [TF_VAR_password]', ...lines].join('\n');
  const both = componentOf('modules: [network, api]');
  const one = (module: string, ...lines: readonly string[]) =>
    componentOf(`modules: [${module}]`, `backend-config: { path: ${JSON.stringify(state(module))} }`, ...lines);
  const holds = (what: string, module: string, text: string) => {
    const file = state(module);
    const found = existsSync(file) ? readFileSync(file, 'utf8') : 'nothing';
    if (!found.includes(text)) short.push(`${what}: the state of ${module} lacks ${text}:\n${found}`);
  };

  const first = shop.commit(modulesOf('small'));
  const twins = componentOf('modules: [network, api]', `backend-config: { path: ${JSON.stringify(state('twins'))} }`);
  // Neither has a state yet: the tool itself refuses the second one.
  expect(
    'one state for two',
    await shop.run('deploy', { component: twins }),
    'failed no-way-back',
    'Applied before that',
  );
  expect('one state for two, seen', await shop.run('deploy', { component: twins }), 'refused input-invalid');
  shop.commit(modulesOf('small', {}, shop.states));
  const modules = await shop.run('deploy', { component: both });
  expect('two modules', modules, 'succeeded deployed', 'plan of network', 'plan of api', 'network.size=small');
  expect('two modules, again', await shop.run('deploy', { component: both }), 'no-op nothing-to-change');
  shop.commit(modulesOf('small'));
  const created = await shop.run('deploy', { component: one('network') });
  expect('the first release', created, 'succeeded deployed', 'terraform_data.vpc', '2 to create', 'size=small');
  holds('the first release', 'network', '"value": "small"');
  const again = await shop.run('deploy', { component: one('network') });
  expect('nothing to change', again, 'no-op nothing-to-change');

  shop.commit({ 'network/bad.tf': 'resource "terraform_data" "x" {\n' });
  const broken = await shop.run('deploy', { component: one('network') });
  expect('a file that nobody can read', broken, 'refused command-failed', 'Unclosed configuration block');
  shop.commit({ ...modulesOf('large'), 'network/bad.tf': null });
  const look = await shop.run('deploy', { component: one('network'), 'dry-run': 'true' });
  expect('a look', look, 'no-op dry-run', '**replaced** (cannot update)', 'input = "small" → input = "large"');
  holds('a look', 'network', '"value": "small"');
  const updated = await shop.run('deploy', { component: one('network', `previous: ${first}`) });
  expect('the next release', updated, 'succeeded deployed', '0 to create, 1 to update, 1 to replace');
  holds('the next release', 'network', '"value": "large"');
  const back = { receipt: updated.outputs.receipt ?? '', reason: 'numbers look wrong' };
  expect('the way back', await shop.run('rollback', back), 'succeeded restored', 'input = "large" → input = "small"');
  holds('the way back', 'network', '"value": "small"');
  expect('the way back, twice', await shop.run('rollback', back), 'no-op nothing-to-change');

  await savedPlans(shop, program, one, expect, holds);
  await lockedOut(shop, program, one, expect);
  await brokenOff(shop, one, expect, holds);
}

type One = (module: string, ...lines: readonly string[]) => string;
type Holds = (what: string, module: string, text: string) => void;

/** A plan of one job, applied by another: exactly that one; once more there is nothing left to do. */
async function savedPlans(shop: Workshop, program: string, one: One, expect: Expect, holds: Holds): Promise<void> {
  const made = await shop.run('deploy', { component: one('network', 'save-plan: plans'), 'dry-run': 'true' });
  expect('a saved plan', made, 'no-op dry-run');
  const digest = /sha256:[0-9a-f]{64}/.exec(made.shown)?.[0] ?? 'none';
  const other = one('network', 'apply-plan: plans', `plan-digest: sha256:${'0'.repeat(64)}`);
  expect('a plan that nobody read', await shop.run('deploy', { component: other }), 'refused plan-mismatch');
  const apply = { component: one('network', 'apply-plan: plans', `plan-digest: ${digest}`) };
  expect('the plan that was read', await shop.run('deploy', apply), 'succeeded deployed', '1 to update');
  holds('the plan that was read', 'network', '"value": "large"');
  expect('the plan once more', await shop.run('deploy', apply), 'no-op nothing-to-change');
  const unchanged = await shop.run('deploy', { component: one('network', 'save-plan: plans'), 'dry-run': 'true' });
  expect('a saved plan that changes nothing', unchanged, 'no-op nothing-to-change');
  const manifest = readFileSync(join(shop.workspace, 'plans/plan.json'));
  const stale = `plan-digest: sha256:${createHash('sha256').update(manifest).digest('hex')}`;
  const call = callIn(shop, program, 'network');
  await ended(call('init', '-input=false', `-backend-config=path=${join(shop.states, 'network.tfstate')}`));
  await ended(call('state', 'rm', 'terraform_data.vpc'));
  const moved = { component: one('network', 'apply-plan: plans', stale) };
  expect('a plan whose state has moved on', await shop.run('deploy', moved), 'superseded plan-stale');
}

async function lockedOut(shop: Workshop, program: string, one: One, expect: Expect): Promise<void> {
  shop.commit(modulesOf('large', sleeping(6)));
  const path = `-backend-config=path=${join(shop.states, 'api.tfstate')}`;
  const call = callIn(shop, program, 'api');
  await ended(call('init', '-input=false', path));
  const holder = call('apply', '-input=false', '-auto-approve');
  const gone = ended(holder);
  await delay(2_000);
  const locked = await shop.run('deploy', { component: one('api') });
  expect(
    'a state that somebody holds',
    locked,
    'refused state-locked',
    'has been locked by',
    'force-unlock',
    '(apply)',
  );
  await gone;
}

/** Cancelled in the middle of an apply: one SIGINT, and the tool leaves a state that the next run goes on from. */
async function brokenOff(shop: Workshop, one: One, expect: Expect, holds: Holds): Promise<void> {
  shop.commit(modulesOf('large', { ...sleeping(30), quick: { input: 'quick' } }));
  const other = one('api', 'vars: { key: another }');
  shop.commit({
    'api/main.tf.json':
      modulesOf('large', { slow: { ...sleeping(30).slow, triggers_replace: ['2'] }, quick: { input: 'quick' } })[
        'api/main.tf.json'
      ] ?? '',
  });
  const running = shop.start('deploy', { component: other });
  await delay(4_000);
  running.child.kill('SIGINT');
  expect('a cancelled run', await running.ended, 'stopped cancelled', 'asking it to stop');
  holds('a cancelled run', 'api', '"quick"');
  shop.commit(modulesOf('large', { slow: { input: 'slow', triggers_replace: ['2'] }, quick: { input: 'quick' } }));
  expect('the run after it', await shop.run('deploy', { component: other }), 'succeeded deployed');
  const failing = { broken: { input: 'x', provisioner: { 'local-exec': { command: 'exit 3' } } } };
  shop.commit(modulesOf('large', failing));
  const failed = await shop.run('deploy', { component: one('api', 'on-failure: leave') });
  expect('a resource that fails', failed, 'failed command-failed', 'local-exec provisioner error', 'main.tf.json');
}

/** The tool by hand, in a module. */
function callIn(shop: Workshop, program: string, module: string) {
  const cwd = join(shop.workspace, module);
  const data = join(shop.states, `data-of-${module}`);
  const env = { PATH: process.env.PATH, TF_VAR_password: secrets[0], TF_DATA_DIR: data };
  return (...args: readonly string[]) => spawn(program, args, { cwd, env, stdio: 'ignore' });
}

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise(resolve => child.on('close', () => resolve()));
}
