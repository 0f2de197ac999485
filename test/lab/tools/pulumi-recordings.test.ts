import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Recording, recording } from '../../targets/command/pulumi/recordings.ts';
import { createMachine, recordedProject } from './pulumi-machine.ts';

/**
 * The stand-in does, step by step, what was done when the real CLI was recorded, and has to print the same: every member, every
 * value, but for the ones that differ from run to run.
 */
const machine = createMachine();
afterAll(() => machine.remove());

const always = ['--non-interactive', '--stack', 'prod'];
const ends = new Map<string, { readonly code: number | null; readonly stdout: string; readonly stderr: string }>();

beforeAll(async () => {
  const play = async (name: string, ...args: readonly string[]) =>
    ends.set(name, await machine.run(...args, ...always));
  const config = (entries: object) => machine.write('Pulumi.prod.yaml', { config: entries });
  machine.write('Pulumi.yaml', recordedProject());
  await machine.run('stack', 'init', 'prod');
  await play('01-preview-create', 'preview', '--json');
  await play('02-up-create', 'up', '--json', '--yes', '--skip-preview');
  await play('03-preview-none', 'preview', '--json');
  await play('05-up-none', 'up', '--json', '--yes', '--skip-preview');
  config({ 'code-remote:size': '2' });
  await play('06-preview-update', 'preview', '--json', '--save-plan', '../plan.json');
  await play('07-preview-expect-none-but-changes', 'preview', '--json', '--expect-no-changes');
  await play('08-up-plan', 'up', '--json', '--yes', '--plan', '../plan.json');
  config({ 'code-remote:size': '2', 'code-remote:fail': 'yes' });
  machine.write('Pulumi.yaml', recordedProject({ fail: true }));
  await play('09-up-fail', 'up', '--json', '--yes', '--skip-preview');
  await play('10-output', 'stack', 'output', '--json');
  await play('11-history', 'stack', 'history', '--json');
  ends.set('12-no-stack', await machine.run('preview', '--json', '--stack', 'nope'));
  machine.write('Pulumi.yaml', recordedProject({ takes: 30 }));
  const holder = machine.start('up', '--json', '--yes', '--skip-preview', ...always);
  await new Promise(resolve => holder.stdout.once('data', resolve));
  await play('15-up-locked', 'up', '--json', '--yes', '--skip-preview');
  holder.kill('SIGKILL');
});

describe('prints what the real CLI has printed', () => {
  test.each([
    '01-preview-create',
    '02-up-create',
    '03-preview-none',
    '05-up-none',
    '06-preview-update',
    '07-preview-expect-none-but-changes',
    '08-up-plan',
    '09-up-fail',
    '10-output',
    '11-history',
    '12-no-stack',
    '15-up-locked',
  ])('%s', name => {
    const real = recording(name);
    const played = ends.get(name);
    expect(played?.code).toBe(real.code);
    expect(steady(played?.stderr ?? '')).toBe(steady(real.stderr));
    expect(values(played?.stdout ?? '')).toEqual(values(real.stdout));
  });
});

/** What differs from run to run: ids, times, processes, the machine. */
function steady(text: Recording['stdout']): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replace(/@\S+ \(pid \d+\)/g, '@HOST (pid PID)');
}

/** The JSON values of a stream, without what differs; lists of the same, whatever the layout. */
function values(stdout: string): unknown {
  const [first = '', ...rest] = stdout.trimEnd().split(/(?<=^[}\]])\n|(?<=^\{.*\})\n/m);
  return [first, ...rest].filter(text => text !== '').map(text => JSON.parse(steady(text), forget));
}

/** The sequence has gaps where debug diagnostics were taken out; what ran the program is not part of the CLI. */
function forget(key: string, value: unknown): unknown {
  if (['sequence', 'timestamp', 'duration', 'durationSeconds'].includes(key)) return 0;
  if (key !== 'environment' || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !/^(runtime\.|git\.)/.test(name)));
}
