import type { Mutant } from './mutant.ts';

const folder = 'packages/targets/codepipeline';

/** Faults in how an execution is found, followed, stopped and rolled back. */
export const codePipelineMutants: readonly Mutant[] = [
  {
    name: 'an execution that is Stopping has ended',
    edits: [
      {
        file: `${folder}/judge.ts`,
        before: "    case 'Stopped':\n      return {",
        after: "    case 'Stopping':\n    case 'Stopped':\n      return {",
      },
    ],
    tries: ['codepipeline/stopped-and-superseded'],
  },
  {
    name: 'an execution that does not say its revision yet is none of ours',
    edits: [{ file: `${folder}/choose.ts`, before: 'if (unknown.length > 0)', after: 'if (unknown.length > 99)' }],
    tries: ['codepipeline/killed-and-started-again'],
  },
  {
    name: 'nobody waits for the execution of a push',
    edits: [{ file: `${folder}/choose.ts`, before: 'now < graceEnds)', after: 'now < graceEnds - 1e12)' }],
    tries: ['codepipeline/follows-the-push'],
  },
  {
    name: 'every try of a start has a token of its own',
    edits: [
      {
        file: 'packages/aws/codepipeline.ts',
        before: "read('StartPipelineExecution', () => client.send(command))",
        after:
          "read('StartPipelineExecution', () => client.send(command.input.name === '' ? command : new StartPipelineExecutionCommand({ ...input, clientRequestToken: `${input.clientRequestToken}${retry.clock.now()}` })))",
      },
    ],
    tries: ['codepipeline/lost-replies'],
  },
  {
    name: 'a rollback whose answer was lost is asked for again without a look',
    edits: [
      {
        file: `${folder}/restore.ts`,
        before: 'return begun?.pipelineExecutionId ?? pipelines.rollBack',
        after: 'return begun?.statusSummary ?? pipelines.rollBack',
      },
    ],
    tries: ['codepipeline/lost-replies'],
  },
  {
    name: 'a stage that rolls back by itself is not looked at again',
    edits: [
      {
        file: `${folder}/automatic-rollback.ts`,
        before: '!structure.rollsBack.has(stage)',
        after: 'structure.rollsBack.has(stage)',
      },
    ],
    tries: ['codepipeline/rolls-back-by-itself'],
  },
  {
    name: 'a rejected approval is a failed deployment, which is rolled back',
    edits: [
      {
        file: `${folder}/judge.ts`,
        before: 'failed.every(isApproval)',
        after: 'failed.length > 99 && failed.every(isApproval)',
      },
    ],
    tries: ['codepipeline/approvals'],
  },
  {
    name: 'what is at work is abandoned when an execution is stopped',
    edits: [
      {
        file: `${folder}/stop.ts`,
        before: 'const abandon = atWork.length > 0 && atWork.every(isApproval);',
        after: 'const abandon = atWork.length >= 0;',
      },
    ],
    tries: ['codepipeline/timed-out', 'codepipeline/cancelled'],
  },
  {
    name: 'a closed transition is found out by waiting',
    edits: [{ file: `${folder}/driver.ts`, before: 'if (closed.length > 0 &&', after: 'if (closed.length > 99 &&' }],
    tries: ['codepipeline/closed-transition'],
  },
  {
    name: 'whatever commit a pipeline took is the release',
    edits: [
      {
        file: `${folder}/judge.ts`,
        before: 'if (wanted === undefined) return undefined;',
        after: 'if (wanted === undefined || execution.status) return undefined;',
      },
    ],
    tries: ['codepipeline/nothing-comes'],
  },
  {
    name: 'the log of a failed build is not shown',
    edits: [
      {
        file: `${folder}/explain.ts`,
        before: "if (action.input?.actionTypeId?.provider !== 'CodeBuild' || id === undefined)",
        after: "if (action.input?.actionTypeId?.provider !== 'Nobody' || id === undefined)",
      },
    ],
    tries: ['codepipeline/action-fails'],
  },
];
