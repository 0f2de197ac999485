import { PipelineExecutionStatus } from '@aws-sdk/client-codepipeline';
import { describe, expect, test } from '@jest/globals';
import { describeFailure, type ExecutionFacts, failedActions, judgeExecution } from '#targets/codepipeline/judge';
import { actionOf, another, factsOf, MINUTE, START } from './facts.ts';

function judged(facts: ExecutionFacts): string {
  const judgement = judgeExecution(facts);
  return judgement.kind === 'going' ? 'going' : `${judgement.kind} ${judgement.outcome} ${judgement.reason}`;
}

const past = { now: START + 31 * MINUTE };
const other = { artifactRevisions: [{ name: 'SourceArtifact', revisionId: another }] };
const source = actionOf('Source/GitHub Succeeded');

describe('what an execution has come to', () => {
  test.each<[string, ExecutionFacts, string]>([
    ['it succeeded', factsOf('Succeeded', [source]), 'ended succeeded deployed'],
    ['it is at work', factsOf('InProgress'), 'going'],
    ['Stopping is not the end (aws-codepipeline-action)', factsOf('Stopping'), 'going'],
    ['it was stopped', factsOf('Stopped'), 'ended stopped stopped-by-person'],
    ['a newer one took its place', factsOf('Superseded'), 'ended superseded superseded-by-another'],
    ['the structure was changed', factsOf('Cancelled'), 'ended stopped pipeline-changed'],
    ['an action failed', factsOf('Failed', [actionOf('Deploy/Stack Failed')]), 'ended failed pipeline-action-failed'],
    ['it failed, nobody says where', factsOf('Failed'), 'ended failed pipeline-action-failed'],
    [
      'an approval was rejected',
      factsOf('Failed', [actionOf('Approve/Ops Failed')]),
      'ended stopped approval-rejected',
    ],
    [
      'a rejected approval does not excuse a failed action beside it',
      factsOf('Failed', [actionOf('Approve/Ops Failed'), actionOf('Deploy/Stack Failed')]),
      'ended failed pipeline-action-failed',
    ],
    ['its time is up', factsOf('InProgress', [], past), 'hopeless timed-out timed-out'],
    ['its time is up while it is stopping', factsOf('Stopping', [], past), 'hopeless timed-out timed-out'],
    ['a status that nobody knows is not a success', factsOf(undefined, [], past), 'hopeless timed-out timed-out'],
    ['it took another commit', factsOf('InProgress', [source], {}, other), 'hopeless superseded revision-differs'],
    ['and came to an end with it', factsOf('Succeeded', [source], {}, other), 'ended superseded revision-differs'],
    [
      'what it took is not known yet',
      factsOf('InProgress', [actionOf('Source/GitHub InProgress')], {}, other),
      'going',
    ],
    [
      'one that goes back takes what its target took',
      factsOf('Succeeded', [source], { wanted: undefined }, other),
      'ended succeeded deployed',
    ],
  ])('%s', (_name, facts, verdict) => {
    expect(judged(facts)).toBe(verdict);
  });

  test.each(Object.values(PipelineExecutionStatus))('%s is judged without an action as well', status => {
    expect(judged(factsOf(status))).not.toBe('');
  });
});

describe('failed actions', () => {
  test('the first to fail comes first; one that was tried again counts by its last run', () => {
    const actions = [
      actionOf('Deploy/Two Failed', {}, 3),
      actionOf('Deploy/One Failed', {}, 2),
      actionOf('Build/Lint Succeeded', {}, 2),
      actionOf('Build/Lint Failed', {}, 1),
    ];
    expect(failedActions(actions).map(action => action.actionName)).toEqual(['One', 'Two']);
  });

  test.each([
    [
      actionOf('Deploy/Stack Failed', {
        output: { executionResult: { errorDetails: { code: 'JobFailed', message: 'no such subnet.' } } },
      }),
      'Deploy / Stack failed, JobFailed: no such subnet',
    ],
    [actionOf('Deploy/Stack Failed'), 'Deploy / Stack failed'],
    [
      actionOf('Approve/Ops Failed', {
        updatedBy: 'arn:omar',
        output: { executionResult: { externalExecutionSummary: 'not today' } },
      }),
      'Approve / Ops was rejected by arn:omar: not today',
    ],
    [actionOf('Approve/Ops Failed'), 'Approve / Ops was not approved'],
  ])('%#: %s', (action, text) => {
    expect(describeFailure(action)).toBe(text);
  });
});
