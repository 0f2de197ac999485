import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { countsOf, sayPlanned } from './plan.ts';
import type { Change, PlanFile, State } from './shapes.ts';
import { lock, lockPath, readState, statePath, uuidOf, writeState } from './state.ts';
import { file, Refusal, resourceOf, say, version } from './words.ts';

export async function apply(): Promise<number> {
  say('info', `OpenTofu ${version}`, { tofu: version, type: 'version', ui: '1.2' });
  const made = JSON.parse(readFileSync(file, 'utf8')) as PlanFile;
  await lock('OperationTypeApply');
  const stop = new AbortController();
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(1); // The second one: it drops everything, the lock included.
    const text =
      '\nInterrupt received.\nPlease wait for OpenTofu to exit or data loss may occur.\nGracefully shutting down...\n';
    say('info', text, { type: 'log' });
    say('info', 'Stopping operation...', { type: 'log' });
    stop.abort();
  });
  try {
    const state = readState() ?? newState();
    if ((made.lineage !== '' && made.lineage !== state.lineage) || made.serial !== state.serial) {
      throw new Refusal(
        'Saved plan is stale',
        'The given plan file can no longer be applied because the state was changed by another operation after the plan was created.',
      );
    }
    sayPlanned(made.changes);
    for (const change of made.changes.filter(({ action }) => action !== 'noop'))
      await applyOne(change, state, stop.signal);
    state.outputs = Object.fromEntries(
      Object.entries(made.outputs).map(([name, { value, sensitive }]) => [
        name,
        { value, type: 'string', ...(sensitive ? { sensitive: true as const } : {}) },
      ]),
    );
    writeState(state);
    const counts = countsOf(made.changes);
    const text = `Apply complete! Resources: ${counts.add} added, ${counts.change} changed, ${counts.remove} destroyed.`;
    say('info', text, { changes: { ...counts, operation: 'apply' }, type: 'change_summary' });
    const outputs = Object.fromEntries(
      Object.entries(made.outputs).map(([name, { value, sensitive }]) => [
        name,
        { sensitive, type: 'string', ...(sensitive ? {} : { value }) },
      ]),
    );
    say('info', `Outputs: ${Object.keys(outputs).length}`, { outputs, type: 'outputs' });
    return 0;
  } finally {
    rmSync(lockPath(), { force: true });
  }
}

export const newState = (): State => ({
  ...{ version: 4, terraform_version: version, serial: 0, lineage: uuidOf(statePath()) },
  ...{ outputs: {}, resources: {} },
});

export async function applyOne(change: Change, state: State, stop: AbortSignal): Promise<void> {
  const { name, action, before, after, command: provisioner } = change;
  if (stop.aborted) throw new Refusal('execution halted', '');
  const addr = `terraform_data.${name}`;
  const hook = (more: object) => ({ hook: { resource: resourceOf(name), ...more } });
  if (action === 'delete' || action === 'replace') {
    const id = { id_key: 'id', id_value: before?.id };
    say('info', `${addr}: Destroying... [id=${before?.id}]`, {
      ...hook({ action: 'delete', ...id }),
      type: 'apply_start',
    });
    delete state.resources[name];
    writeState(state);
    say('info', `${addr}: Destruction complete after 0s`, {
      ...hook({ action: 'delete', elapsed_seconds: 0 }),
      type: 'apply_complete',
    });
  }
  if (after === undefined) return;
  const id = action === 'update' ? (before?.id ?? '') : uuidOf(`${name} ${state.serial}`);
  if (action === 'update') {
    say('info', `${addr}: Modifying... [id=${id}]`, {
      ...hook({ action: 'update', id_key: 'id', id_value: id }),
      type: 'apply_start',
    });
  } else {
    say('info', `${addr}: Creating...`, { ...hook({ action: 'create' }), type: 'apply_start' });
  }
  const began = Date.now();
  const failure = action === 'update' ? undefined : await provision(provisioner, stop);
  const seconds = Math.round((Date.now() - began) / 1000);
  state.resources[name] = { id, ...after, ...(failure === undefined ? {} : { tainted: true }) };
  writeState(state);
  const verb = action === 'update' ? 'update' : 'create';
  if (failure !== undefined) {
    say('info', `${addr}: Creation errored after ${seconds}s`, {
      ...hook({ action: verb, elapsed_seconds: seconds }),
      type: 'apply_errored',
    });
    throw new Refusal('local-exec provisioner error', failure, addr);
  }
  const word = action === 'update' ? 'Modifications' : 'Creation';
  const done = { action: verb, id_key: 'id', id_value: id, elapsed_seconds: seconds };
  say('info', `${addr}: ${word} complete after ${seconds}s [id=${id}]`, { ...hook(done), type: 'apply_complete' });
}

/** `sleep 90`, or `exit 3`; `deaf 90` takes no notice of an interrupt. */
export async function provision(text: string | undefined, stop: AbortSignal): Promise<string | undefined> {
  const [verb, number = '0'] = text?.split(' ') ?? [];
  if (verb === 'exit') return `Error running command '${text}': exit status ${number}. Output: `;
  if (verb === 'deaf') await delay(Number(number) * 1000);
  if (verb !== 'sleep') return undefined;
  try {
    await delay(Number(number) * 1000, undefined, { signal: stop });
    return undefined;
  } catch {
    return `Error running command '${text}': signal: killed. Output: `;
  }
}
