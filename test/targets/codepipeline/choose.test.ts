import { describe, expect, test } from '@jest/globals';
import type { PipelineExecutionSummary } from '#aws/codepipeline';
import { type Candidates, chooseExecution } from '#targets/codepipeline/choose';
import { MINUTE, START, summaryOf, wanted } from './facts.ts';

const byHand = { trigger: { triggerType: 'StartPipelineExecution' } } as const;
const back = { executionType: 'ROLLBACK' } as const;

function chosen(executions: readonly PipelineExecutionSummary[], change: Partial<Candidates> = {}): string {
  const choice = chooseExecution({
    executions,
    wanted,
    known: new Set(executions.flatMap(execution => execution.pipelineExecutionId ?? [])),
    start: 'adopt',
    now: START,
    graceEnds: START + 2 * MINUTE,
    firstAttempt: true,
    ...change,
  });
  switch (choice.kind) {
    case 'follow':
      return `follow ${choice.execution.pipelineExecutionId}`;
    case 'wait':
      return `wait for ${choice.why}`;
    case 'start':
      return 'start';
  }
}

const forPush = 'wait for the execution that the push starts';
const unknown = 'wait for an execution that does not say its revision yet';
const stopping = 'wait for the execution that is being stopped';
const late = { now: START + 3 * MINUTE };
const start = { start: 'start' } as const;

describe('which execution is that of the release', () => {
  test.each<[string, readonly PipelineExecutionSummary[], Partial<Candidates>, string]>([
    ['none yet: the push is slow', [], {}, forPush],
    ['none, and the grace is over', [], late, 'start'],
    ['none, and nobody waits', [], start, 'start'],
    ['it is under way', [summaryOf('1', 'InProgress a')], {}, 'follow 1'],
    ['it is being stopped: that is followed too', [summaryOf('1', 'Stopping a')], {}, 'follow 1'],
    [
      'it is being stopped, and a person tries again',
      [summaryOf('1', 'Stopping a')],
      { ...late, firstAttempt: false },
      stopping,
    ],
    ['or the release starts it', [summaryOf('1', 'Stopping a')], start, stopping],
    ['our own of a killed run', [summaryOf('1', 'InProgress a', byHand)], start, 'follow 1'],
    ['another commit is under way', [summaryOf('1', 'InProgress b')], start, 'start'],
    ['an open one that says nothing yet may be it', [summaryOf('1', 'InProgress')], start, unknown],
    ['however long that takes', [summaryOf('1', 'InProgress')], late, unknown],
    ['an ended one that says nothing is none', [summaryOf('1', 'Failed')], late, 'start'],
    ['it came and ended between two looks', [summaryOf('1', 'Succeeded a')], { known: new Set() }, 'follow 1'],
    ['the push’s failed before: it is told', [summaryOf('1', 'Failed a')], {}, 'follow 1'],
    ['and was superseded before', [summaryOf('2', 'Succeeded b'), summaryOf('1', 'Superseded a')], {}, 'follow 1'],
    ['running again tries again', [summaryOf('1', 'Failed a')], { firstAttempt: false, ...late }, 'start'],
    ['what we started and has failed was told then', [summaryOf('1', 'Failed a', byHand)], late, 'start'],
    ['a release that starts by itself starts', [summaryOf('1', 'Failed a')], start, 'start'],
    [
      'the same commit again, after another one',
      [summaryOf('2', 'Succeeded b'), summaryOf('1', 'Succeeded a')],
      late,
      'start',
    ],
    ['one that goes back is no release', [summaryOf('1', 'InProgress a', back)], start, 'start'],
  ])('%s', (_name, executions, change, choice) => {
    expect(chosen(executions, change)).toBe(choice);
  });
});
