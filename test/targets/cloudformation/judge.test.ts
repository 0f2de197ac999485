import { describe, expect, test } from '@jest/globals';
import type { StackEvent } from '#aws/cloudformation';
import { failuresOf } from '#targets/cloudformation/failures';
import { judgeOperation, operationEvents } from '#targets/cloudformation/judge';

const id = 'arn:aws:cloudformation:ap-southeast-2:111111111111:stack/shop/1';
let count = 0;

/** `shop UPDATE_IN_PROGRESS` of the stack itself, or of a resource; ours unless said. */
function event(line: string, reason?: string, token = 'ours'): StackEvent {
  const [name = '', status = ''] = line.split(' ');
  count += 1;
  return {
    StackId: id,
    StackName: 'shop',
    EventId: String(count),
    Timestamp: new Date(count * 1000),
    LogicalResourceId: name,
    PhysicalResourceId: name === 'shop' ? id : `physical-${name}`,
    ResourceType: name === 'shop' ? 'AWS::CloudFormation::Stack' : 'AWS::SNS::Topic',
    ResourceStatus: status as NonNullable<StackEvent['ResourceStatus']>,
    ResourceStatusReason: reason,
    ClientRequestToken: token,
  };
}

const judge = (events: readonly StackEvent[], { now = 0, deadline = 1000 } = {}) =>
  judgeOperation({ stack: 'shop', events, now, deadline });

describe('an operation is what its own events say', () => {
  test.each<[string, string, string, string]>([
    ['CREATE_COMPLETE', 'succeeded', 'deployed', 'The stack shop is CREATE_COMPLETE.'],
    ['UPDATE_COMPLETE', 'succeeded', 'deployed', 'The stack shop is UPDATE_COMPLETE.'],
    ['IMPORT_COMPLETE', 'succeeded', 'deployed', 'The stack shop is IMPORT_COMPLETE.'],
    ['DELETE_COMPLETE', 'superseded', 'superseded-by-another', 'Somebody deleted the stack shop.'],
    ['CREATE_FAILED', 'failed', 'resource-failed', 'was left in CREATE_FAILED, without a rollback'],
    ['UPDATE_FAILED', 'failed', 'resource-failed', 'was left in UPDATE_FAILED, without a rollback'],
    ['SOMETHING_NEW', 'failed', 'deployment-failed', 'ended in SOMETHING_NEW'],
  ])('%s', (status, outcome, reason, message) => {
    const judged = judge([event('shop UPDATE_IN_PROGRESS'), event(`shop ${status}`)]);
    expect(judged).toMatchObject({ kind: 'ended', outcome, reason, message: expect.stringContaining(message) });
  });

  test('a rollback is never a success, and the cause comes before what it cancelled', () => {
    const judged = judge([
      event('shop UPDATE_IN_PROGRESS'),
      event('Other UPDATE_FAILED', 'Resource update cancelled'),
      event('Topic UPDATE_FAILED', 'no such key'),
      event('shop UPDATE_ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to update: [Topic, Other].'),
      event('shop UPDATE_ROLLBACK_COMPLETE'),
    ]);
    expect(judged).toMatchObject({
      outcome: 'rolled-back',
      reason: 'resource-failed',
      message:
        'Topic (AWS::SNS::Topic) could not be changed: no such key. CloudFormation took the change back (UPDATE_ROLLBACK_COMPLETE).',
    });
  });

  test('without a failure of its own it was cancelled by somebody', () => {
    const judged = judge([
      event('shop UPDATE_IN_PROGRESS'),
      event('Topic UPDATE_FAILED', 'Resource update cancelled'),
      event('shop UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated'),
      event('shop UPDATE_ROLLBACK_COMPLETE'),
    ]);
    expect(judged).toMatchObject({ outcome: 'rolled-back', reason: 'stopped-by-person' });
  });

  test('a way back that fails says both', () => {
    const judged = judge([
      event('shop UPDATE_IN_PROGRESS'),
      event('Topic UPDATE_FAILED', 'first'),
      event('shop UPDATE_ROLLBACK_IN_PROGRESS', '…'),
      event('Other UPDATE_FAILED', 'second'),
      event('shop UPDATE_ROLLBACK_FAILED', '…'),
    ]);
    expect(judged).toMatchObject({ outcome: 'failed', reason: 'rollback-failed' });
    expect(judged).toMatchObject({ message: expect.stringMatching(/first.*stuck in UPDATE_ROLLBACK_FAILED.*second/) });
  });

  test('old resources that could not be deleted do not make it a failure, and are named', () => {
    const judged = judge([
      event('shop UPDATE_IN_PROGRESS'),
      event('shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
      event('Old DELETE_FAILED', 'in use'),
      event('shop UPDATE_COMPLETE'),
    ]);
    expect(judged).toMatchObject({
      outcome: 'succeeded',
      message: expect.stringContaining('Left behind, because they could not be deleted: Old (physical-Old)'),
    });
  });
});

describe('time', () => {
  const going = [event('shop UPDATE_IN_PROGRESS'), event('Topic UPDATE_IN_PROGRESS')];

  test('it goes on until the deadline', () => {
    expect(judge(going, { now: 999 })).toEqual({ kind: 'going', phase: 'UPDATE_IN_PROGRESS' });
    expect(judge([], { now: 1 })).toMatchObject({ kind: 'going' });
  });

  test('then it is late, a failure that says what it waits for', () => {
    expect(judge(going, { now: 1000 })).toMatchObject({
      kind: 'late',
      outcome: 'timed-out',
      message: 'The time for changing shop is up: UPDATE_IN_PROGRESS. It still works at Topic (UPDATE_IN_PROGRESS).',
    });
  });

  test('an end that was late is an end', () => {
    expect(judge([...going, event('shop UPDATE_COMPLETE')], { now: 5000 })).toMatchObject({
      kind: 'ended',
      outcome: 'succeeded',
    });
  });
});

describe('whose events they are', () => {
  const theirs = (line: string) => event(line, undefined, 'theirs');

  test('what came before and after is not ours', () => {
    const all = [
      theirs('shop UPDATE_IN_PROGRESS'),
      theirs('shop UPDATE_COMPLETE'),
      event('shop UPDATE_IN_PROGRESS'),
      event('shop UPDATE_COMPLETE'),
      theirs('shop UPDATE_IN_PROGRESS'),
      theirs('shop UPDATE_ROLLBACK_COMPLETE'),
    ];
    expect(operationEvents(all, 'ours')).toEqual(all.slice(2, 4));
  });

  test('a rollback with another token, or none, belongs to the operation that it takes back', () => {
    const all = [
      event('shop UPDATE_IN_PROGRESS'),
      theirs('shop UPDATE_ROLLBACK_IN_PROGRESS'),
      theirs('shop UPDATE_ROLLBACK_COMPLETE'),
    ];
    expect(operationEvents(all, 'ours')).toEqual(all);
  });

  test('none of ours: nothing is known', () => {
    expect(operationEvents([theirs('shop UPDATE_COMPLETE')], 'ours')).toEqual([]);
  });
});

test('failures on the way back are told apart from those that made it necessary', () => {
  const failures = failuresOf([
    event('Topic CREATE_FAILED', 'a'),
    event('Other CREATE_FAILED', 'Resource creation cancelled'),
    event('shop ROLLBACK_IN_PROGRESS'),
    event('Topic DELETE_FAILED', 'b'),
  ]);
  expect(failures.causes.map(each => each.reason)).toEqual(['a']);
  expect(failures.cancelled).toEqual(['Other']);
  expect(failures.inRollback.map(each => each.reason)).toEqual(['b']);
});
