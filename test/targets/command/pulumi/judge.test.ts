import { describe, expect, test } from '@jest/globals';
import { judgeUpdate, type ToolEnd } from '#targets/command/pulumi/judge';
import { createUpdateReader } from '#targets/command/pulumi/update';
import { recording } from './recordings.ts';

const now = Date.parse('2026-11-21T06:05:00Z');

function judge(stdout: string, end: ToolEnd) {
  const reader = createUpdateReader();
  for (const line of stdout.split('\n')) reader.feed(line);
  return judgeUpdate('prod', end, reader.facts(), now);
}

function judged(name: string) {
  const { stdout, stderr, code } = recording(name);
  return judge(stdout, { code, stderr });
}

describe('what the real CLI has printed', () => {
  test.each([
    ['02-up-create', 'succeeded', 'deployed'],
    ['05-up-none', 'no-op', 'nothing-to-change'],
    ['08-up-plan', 'succeeded', 'deployed'],
    ['09-up-fail', 'failed', 'deployment-failed'],
    ['12-no-stack', 'refused', 'not-found'],
    ['15-up-locked', 'refused', 'state-locked'],
  ])('%s', (name, outcome, reason) => {
    expect(judged(name)).toMatchObject({ outcome, reason });
  });

  test('a failure names the resource, what it said, and what the state may need', () => {
    const { message, explanation } = judged('09-up-fail');
    expect(message).toBe(
      'The update of prod failed (exit code 1): subnet: subnet in use. No resource was changed. The state may need `pulumi refresh`.',
    );
    expect(explanation).toContain('update subnet (pulumi-nodejs:dynamic:Resource): failed');
  });

  test('a lock names its holder, and is a person’s to remove', () => {
    const { message, next } = judged('15-up-locked');
    expect(message).toContain('locked by ci@runner (pid 19248) since 2026-11-21T05:50:36Z, 14m');
    expect(next).toContain('pulumi cancel prod');
  });
});

const began = '{"sequence":0,"preludeEvent":{"config":{}}}';
const metadata = (op: string, name: string) => ({ metadata: { op, urn: `urn:pulumi:prod::p::t:t:T::${name}` } });
const event = (sequence: number, member: object) => JSON.stringify({ sequence, ...member });
const says = (message: string) => event(5, { diagnosticEvent: { severity: 'error', message } });
const summary = (result: string, resourceChanges: object, maybeCorrupt = false) =>
  event(9, { summaryEvent: { result, resourceChanges, maybeCorrupt, durationSeconds: 1, isPreview: false } });
const done = event(3, { resOutputsEvent: metadata('update', 'a') });
const lines = (...all: readonly string[]) => all.join('\n');

describe('what else may happen', () => {
  const ok: ToolEnd = { code: 0, stderr: '' };
  const failed: ToolEnd = { code: 1, stderr: '' };
  const violation = 'resource urn:pulumi:prod::p::t:t:T::a violates plan: properties changed: ~~n[{1}!={2}]';
  test.each([
    ['exit code 0 without a summary is no success', lines(began, done), ok, 'failed', 'command-failed'],
    ['exit code 0 without any output is none either', '', ok, 'failed', 'command-failed'],
    [
      'exit code 0 with a failed summary',
      lines(began, summary('failed', { same: 1 })),
      ok,
      'failed',
      'deployment-failed',
    ],
    [
      'exit code 1 with a good summary',
      lines(began, done, summary('succeeded', { update: 1 })),
      failed,
      'failed',
      'deployment-failed',
    ],
    [
      'only reads and refreshes',
      lines(began, summary('succeeded', { same: 1, read: 2, refresh: 3 })),
      ok,
      'no-op',
      'nothing-to-change',
    ],
    [
      'an operation of a later version',
      lines(began, summary('succeeded', { teleport: 1 })),
      ok,
      'succeeded',
      'deployed',
    ],
    [
      'a summary that does not say its result',
      lines(began, event(9, { summaryEvent: { resourceChanges: { same: 1 } } })),
      ok,
      'no-op',
      'nothing-to-change',
    ],
    [
      'we interrupted it',
      lines(began, done, says('update canceled'), summary('failed', { update: 1 })),
      { ...failed, stopped: 'cancelled' },
      'stopped',
      'cancelled',
    ],
    [
      'its time was up',
      lines(began, says('update canceled')),
      { ...failed, stopped: 'timed-out' },
      'timed-out',
      'timed-out',
    ],
    ['somebody else interrupted it', lines(began, says('update canceled')), failed, 'stopped', 'stopped-by-person'],
    [
      'it ended well before the interrupt reached it',
      lines(began, done, summary('succeeded', { update: 1 })),
      { ...ok, stopped: 'cancelled' },
      'succeeded',
      'deployed',
    ],
    [
      'a signal ended it',
      lines(began, event(2, { resourcePreEvent: metadata('update', 'a') })),
      { code: undefined, stderr: '' },
      'failed',
      'deployment-failed',
    ],
    [
      'the plan does not fit any more, seen in its preview',
      JSON.stringify({ diagnostics: [{ severity: 'error', message: violation }] }),
      failed,
      'superseded',
      'plan-stale',
    ],
    [
      'the same on stderr',
      '',
      { code: 1, stderr: 'error: Expected resource operations for urn:pulumi:x but none were seen' },
      'superseded',
      'plan-stale',
    ],
    [
      'the same during the update',
      lines(began, done, says(violation), summary('failed', { update: 1 })),
      failed,
      'failed',
      'plan-stale',
    ],
    [
      'Pulumi Cloud: another update',
      '',
      { code: 255, stderr: 'error: [409] Conflict: Another update is currently in progress.' },
      'refused',
      'state-locked',
    ],
    [
      'no project there',
      '',
      { code: 255, stderr: 'error: no Pulumi.yaml project file found' },
      'refused',
      'command-failed',
    ],
  ] as const)('%s', (_name, stdout, end, outcome, reason) => {
    expect(judge(stdout, end)).toMatchObject({ outcome, reason });
  });

  test('what was changed before a failure is told', () => {
    const { message, explanation } = judge(
      lines(began, done, says('no'), summary('failed', { update: 1 }, true)),
      failed,
    );
    expect(message).toContain('One resource was changed before that. The state may need `pulumi refresh`.');
    expect(explanation).toContain('update a (t:t:T): done before that');
  });

  test('what was under way when it ended is told', () => {
    const starts = event(2, { resourcePreEvent: metadata('create', 'b') });
    const { message } = judge(lines(began, starts, says('update canceled')), { ...failed, stopped: 'timed-out' });
    expect(message).toContain('Of b (t:t:T) it is not known how it went on.');
  });

  test('values of a violated plan are not told', () => {
    const { message } = judge(JSON.stringify({ diagnostics: [{ severity: 'error', message: violation }] }), failed);
    expect(message).not.toContain('{1}');
  });
});
