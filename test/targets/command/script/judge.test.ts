import { describe, expect, test } from '@jest/globals';
import type { CommandEnd } from '#targets/command/run/command';
import { judgeScript, lookFailure } from '#targets/command/script/judge';
import type { ScriptEnd } from '#targets/command/script/run-script';

const ended: CommandEnd = {
  ...{ how: 'exited', code: 0, signal: null, stillRuns: false, stdout: undefined },
  ...{ tail: ['out'], errors: ['it says why'], took: 1_000 },
};

function endOf(end: Partial<CommandEnd>, more: Partial<ScriptEnd> = {}): ScriptEnd {
  return { end: { ...ended, ...end }, result: {}, ...more };
}

const codes = { 2: 'unchanged', 3: 'refused', 4: 'changed' } as const;
const invalid = { reason: 'command-output-invalid', message: 'not JSON', evidence: {} } as const;

describe('what a deploy command came to', () => {
  test.each<[string, ScriptEnd, string]>([
    ['0', endOf({}), 'succeeded deployed'],
    ['0, and it says that nothing was changed', endOf({}, { result: { changed: false } }), 'no-op nothing-to-change'],
    ['a code for nothing to change', endOf({ code: 2 }), 'no-op nothing-to-change'],
    [
      'a code for nothing to change, but it says otherwise',
      endOf({ code: 2 }, { result: { changed: true } }),
      'succeeded deployed',
    ],
    ['a code for a refusal', endOf({ code: 3 }), 'refused command-failed'],
    ['a code for a change', endOf({ code: 4 }), 'succeeded deployed'],
    ['a code without a meaning', endOf({ code: 5 }), 'failed command-failed'],
    [
      'a failure that says it changed nothing',
      endOf({ code: 5 }, { result: { changed: false } }),
      'failed command-failed',
    ],
    ['no code at all', endOf({ code: null }), 'failed command-failed'],
    ['a result that cannot be read', endOf({}, { invalid }), 'failed command-output-invalid'],
    ['a failure with a result that cannot be read', endOf({ code: 5 }, { invalid }), 'failed command-failed'],
    ['a signal from outside', endOf({ how: 'signalled', code: null, signal: 'SIGKILL' }), 'failed command-failed'],
    ['its time', endOf({ how: 'timed-out', code: null, signal: 'SIGTERM' }), 'timed-out timed-out'],
    ['its time, after which it says 0', endOf({ how: 'timed-out' }), 'timed-out timed-out'],
    ['the end of the run', endOf({ how: 'cancelled', code: 1 }), 'stopped cancelled'],
    [
      'the end of the run, and it goes on',
      endOf({ how: 'cancelled', code: null, stillRuns: true }),
      'stopped cancelled',
    ],
    ['no start', endOf({ how: 'not-started', code: null }), 'failed command-failed'],
  ])('%s', (_, end, wanted) => {
    const { outcome, reason } = judgeScript('shop: deploy', end, codes, 'deployed');
    expect(`${outcome} ${reason}`).toBe(wanted);
  });

  test('a failure has the last words, or those of the script itself', () => {
    expect(judgeScript('shop: deploy', endOf({ code: 9 }), {}, 'deployed').message).toBe(
      'shop: deploy exited with 9: it says why.',
    );
    const said = endOf({ code: 9 }, { result: { message: 'the index is full' } });
    expect(judgeScript('shop: deploy', said, {}, 'deployed').message).toBe(
      'shop: deploy exited with 9: the index is full',
    );
  });
});

describe('a command that only looks', () => {
  test.each<[string, ScriptEnd, string | undefined]>([
    ['0', endOf({}), undefined],
    ['a code for nothing to change', endOf({ code: 2 }), undefined],
    ['a code for a refusal', endOf({ code: 3 }), 'command-failed'],
    ['a code without a meaning', endOf({ code: 5 }), 'command-failed'],
    ['a result that cannot be read', endOf({}, { invalid }), 'command-output-invalid'],
    ['its time', endOf({ how: 'timed-out' }), 'timed-out'],
    ['the end of the run', endOf({ how: 'cancelled' }), 'cancelled'],
  ])('%s', (_, end, reason) => {
    expect(lookFailure('shop: observe', end, codes)?.reason).toBe(reason);
  });
});
