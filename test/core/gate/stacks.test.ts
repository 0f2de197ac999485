import { describe, expect, test } from '@jest/globals';
import type { StacksPolicy } from '#core/flow/gates/stack-complete';
import { judgeGates } from '#core/gate/gates';
import type { StackFound } from '#core/gate/lookups';
import type { Seen } from '#core/gate/sought';
import { planOf } from '../fixture.ts';
import { gateFacts } from './fixture.ts';

const policyOf = (...names: readonly string[]): StacksPolicy => ({ ofComponents: false, stacks: names });
const known = (status: string, reason?: string): Seen<StackFound> => ({
  known: true,
  value: { status, ...(reason === undefined ? {} : { reason }) },
});

function judged(policy: StacksPolicy, found: readonly Seen<StackFound>[]) {
  const gates = { 'stack-complete': policy };
  const plan = planOf('1.4.0', {}, { after: 'stage', gates });
  return judgeGates(gateFacts({ plan, found: { 'stack-complete': { known: true, value: found } } }));
}

const denied = { reason: 'access-denied', message: 'AWS refused cloudformation:DescribeStacks', evidence: {} } as const;

describe('the stack of the earlier environment', () => {
  test.each<[string, Seen<StackFound>, string]>([
    ['was made', known('CREATE_COMPLETE'), 'pass stacks-complete'],
    ['was updated', known('UPDATE_COMPLETE'), 'pass stacks-complete'],
    ['took something in', known('IMPORT_COMPLETE'), 'pass stacks-complete'],
    ['took its update back', known('UPDATE_ROLLBACK_COMPLETE'), 'fail stack-not-complete'],
    ['took what it took in back', known('IMPORT_ROLLBACK_COMPLETE'), 'fail stack-not-complete'],
    ['could not be made', known('ROLLBACK_COMPLETE'), 'fail stack-not-complete'],
    ['was deleted', known('DELETE_COMPLETE'), 'fail stack-not-complete'],
    ['is being updated', known('UPDATE_IN_PROGRESS'), 'fail stack-not-complete'],
    ['still cleans up', known('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'), 'fail stack-not-complete'],
    ['has failed', known('UPDATE_FAILED'), 'fail stack-not-complete'],
    ['is in a state that nobody knew of', known('SOMETHING_NEW_COMPLETE'), 'fail stack-not-complete'],
    ['is not there', { known: true, value: null }, 'fail not-found'],
    ['may not be looked at', { known: false, finding: denied }, 'inconclusive access-denied'],
    ['should have been looked at', { known: 'later' }, 'error gate-not-looked-up'],
  ])('%s', (_name, found, expected) => {
    expect(judged(policyOf('web'), [found]).map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual([expected]);
  });

  test('of several, those that are complete share a row, and the others have one each', () => {
    const ok = known('UPDATE_COMPLETE');
    expect(judged(policyOf('net', 'web'), [ok, ok]).map(({ message }) => message)).toEqual([
      'Complete in stage: net, web.',
    ]);
    const stuck = known('UPDATE_ROLLBACK_COMPLETE', 'Queue failed');
    expect(judged(policyOf('net', 'web', 'db'), [ok, stuck]).map(({ message }) => message)).toEqual([
      'web is UPDATE_ROLLBACK_COMPLETE (Queue failed): its last change was taken back.',
      'Nobody looked at db.',
    ]);
  });

  test('no stack at all is no pass', () => {
    const [rule] = judged({ ofComponents: true, stacks: [] }, []);
    expect([rule?.verdict, rule?.reason]).toEqual(['inconclusive', 'nothing-checked']);
  });
});
