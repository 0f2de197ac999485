import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMachine, ended, recordedProject } from './pulumi-machine.ts';

let machine = createMachine();
beforeEach(async () => {
  machine.remove();
  machine = createMachine();
  machine.write('Pulumi.yaml', recordedProject());
  await machine.run('stack', 'init', 'prod');
});
afterEach(() => machine.remove());

const up = ['up', '--json', '--yes', '--stack', 'prod'];
const preview = ['preview', '--json', '--stack', 'prod'];

describe('what was not recorded', () => {
  test('one interrupt: the operation under way ends, no other begins, the lock is released, the next run goes on', async () => {
    const slow = { type: 'lab:index:Slow', properties: { takes: 0.5 } };
    machine.write('Pulumi.yaml', { ...recordedProject(), resources: { first: slow, second: slow } });
    const child = machine.start(...up, '--skip-preview');
    const end = ended(child);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const { code, stdout } = await end;
    expect(code).toBe(1);
    expect(stdout).toContain('update canceled');
    expect(stdout).toContain('"maybeCorrupt":false');
    expect(stdout).not.toContain('::second');
    const again = await machine.run(...up, '--skip-preview');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('"resourceChanges":{"create":1,"same":2}');
  });

  test('a killed one leaves its lock, and cancel removes it', async () => {
    machine.write('Pulumi.yaml', recordedProject({ takes: 60 }));
    const child = machine.start(...up, '--skip-preview');
    const end = ended(child);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await end;
    expect((await machine.run(...up, '--skip-preview')).stderr).toContain('locked by 1 lock(s)');
    expect((await machine.run('cancel', 'prod', '--yes')).code).toBe(0);
    machine.write('Pulumi.yaml', recordedProject());
    expect((await machine.run(...up, '--skip-preview')).code).toBe(0);
  });

  test('a plan limits: what it does not have is refused before anything happens', async () => {
    await machine.run(...up, '--skip-preview');
    machine.write('Pulumi.prod.yaml', { config: { 'code-remote:size': '2' } });
    await machine.run(...preview, '--save-plan', '../plan.json');
    machine.write('Pulumi.prod.yaml', { config: { 'code-remote:size': '3' } });
    const { code, stdout } = await machine.run(...up, '--plan', '../plan.json');
    expect(code).toBe(1);
    expect(stdout).toContain('violates plan: properties changed: ~~size[{2}!={3}]');
    expect(stdout).not.toContain('preludeEvent');
  });

  test('a refresh sees what somebody else has changed', async () => {
    await machine.run(...up, '--skip-preview');
    machine.changeCloud('subnet', { fail: false, size: '9' });
    expect((await machine.run(...preview)).stdout).toContain('"same": 2');
    expect((await machine.run(...preview, '--refresh')).stdout).toContain('"update": 1');
  });

  test('replacement: three steps, counted once, with its reason', async () => {
    await machine.run(...up, '--skip-preview');
    const { resources, ...rest } = recordedProject({ size: '5' });
    machine.write('Pulumi.yaml', {
      ...rest,
      resources: { subnet: { ...resources.subnet, options: { replaceOnChanges: ['size'] } } },
    });
    const { stdout } = await machine.run(...preview);
    expect(JSON.parse(stdout)).toMatchObject({ changeSummary: { replace: 1, same: 1 } });
    expect(stdout).toContain('"replaceReasons"');
  });

  test('a change of what the program ignores is none, and stays out of another change', async () => {
    const { resources, ...rest } = recordedProject();
    const { properties } = resources.subnet;
    const write = (changed: object) => {
      const subnet = {
        ...resources.subnet,
        properties: { ...properties, ...changed },
        options: { ignoreChanges: ['image'] },
      };
      machine.write('Pulumi.yaml', { ...rest, resources: { subnet } });
    };
    write({ image: 'first' });
    await machine.run(...up, '--skip-preview');
    write({ image: 'second' });
    const ignored = await machine.run(...preview);
    expect(JSON.parse(ignored.stdout)).toMatchObject({ changeSummary: { same: 2 } });
    write({ image: 'second', size: '5' });
    const { stdout } = await machine.run(...preview);
    expect(JSON.parse(stdout)).toMatchObject({ changeSummary: { same: 1, update: 1 } });
    expect(stdout).toContain('"first"');
    expect(stdout).not.toContain('"second"');
  });

  test.each([
    [['preview', '--stack', 'prod'], 99, 'does not model preview without --json'],
    [['destroy', '--yes', '--stack', 'prod'], 99, 'does not model `pulumi destroy`'],
    [['up', '--json', '--stack', 'prod'], 1, '--yes or --skip-preview must be passed in'],
    [['preview', '--json', '--wat'], 1, 'unknown flag: --wat'],
  ])('%j is refused', async (args, code, message) => {
    const end = await machine.run(...args);
    expect(end.code).toBe(code);
    expect(end.stderr).toContain(message);
  });

  test('secrets need the passphrase, and are never printed', async () => {
    const secure = `v1:${Buffer.from('hunter2').toString('base64')}`;
    machine.write('Pulumi.prod.yaml', { config: { 'code-remote:password': { secure } } });
    const { stdout } = await machine.run(...up);
    const history = await machine.run('stack', 'history', '--json', '--stack', 'prod');
    expect(stdout + history.stdout).not.toContain('hunter2');
    expect(history.stdout).toContain('"secret": true');
  });
});
