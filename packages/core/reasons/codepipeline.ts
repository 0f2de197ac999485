/** Reasons that only pipelines have. */
export const codePipelineReasons = {
  'pipeline-action-failed': {
    means: 'An action of the pipeline failed.',
    unblocks: 'Read its error, its link and the last log lines in the message; correct the cause and release again.',
  },
  'approval-rejected': {
    means: 'Somebody rejected a manual approval of the pipeline, or nobody answered it in time.',
    unblocks: 'Ask whoever rejected it; start the run again when the release is wanted after all.',
  },
  'pipeline-changed': {
    means: 'The structure of the pipeline was changed while the execution was under way, which cancels it.',
    unblocks: 'Look at the pipeline as it is now, then start the run again.',
  },
  'transition-closed': {
    means: 'Somebody has closed a transition of the pipeline, so no execution gets past it.',
    unblocks: 'Ask whoever closed it; open it with `aws codepipeline enable-stage-transition` or in the console.',
  },
  'revision-differs': {
    means: 'The pipeline took another revision than the one that is released, so its execution was stopped.',
    unblocks: 'Release the newer commit, or use a pipeline of type V2, which can be started for a given revision.',
  },
  'stage-rollback-impossible': {
    means: 'CodePipeline cannot roll the stage back to that execution.',
    unblocks: 'Release the earlier commit again: the message names it.',
  },
  'stage-busy': {
    means: 'Another execution is at work in the stage that is to be rolled back.',
    unblocks: 'Wait for it or stop it, then start the rollback again.',
  },
} as const;
