import type { Edit, Mutant } from './mutant.ts';

const succeeded =
  "{ outcome: 'succeeded', reason: 'deployed', message: 'done', evidence: {}, after: null, explanation: [] }";

/** One driver, whose rollouts have succeeded as soon as somebody asks: nothing is followed, nothing that failed is seen. */
function hasty(target: string, edits: readonly Edit[], tries: readonly string[]): Mutant {
  return { name: `a rollout of ${target} says at once that it has succeeded`, edits, tries, every: true };
}

/** What a driver's own `follow` does, and the same with a hasty word before it. */
function before(file: string, text: string, doubt: string): Edit {
  const [head = '', ...rest] = text.split('\n');
  return { file, before: text, after: [head, `if (${doubt}) return ${succeeded};`, ...rest].join('\n') };
}

/** For each driver: a failure, a failure half-way, a time that is up, somebody else. */
export const hastyMutants: readonly Mutant[] = [
  hasty(
    'ecs',
    [before('packages/targets/ecs/rollout.ts', 'async follow() {\n      return end(', 'deadline > 0')],
    ['ecs/breaker-without-rollback', 'ecs/many-services', 'ecs/timed-out', 'ecs/superseded'],
  ),
  hasty(
    'lambda',
    [before('packages/targets/lambda/rollout.ts', 'async follow() {\n      try {', 'work.deadline > 0')],
    ['lambda/update-fails', 'lambda/canary-goes-red', 'lambda/timed-out', 'lambda/superseded'],
  ),
  hasty(
    'static-site',
    [before('packages/targets/static-site/rollout.ts', 'async follow() {\n      try {', 'deadline > 0')],
    ['static-site/failures', 'static-site/superseded', 'static-site/releases'],
  ),
  hasty(
    'codepipeline',
    [
      before(
        'packages/targets/codepipeline/rollout.ts',
        'async follow() {\n      const ending = await followExecution',
        'followed.deadline > 0',
      ),
    ],
    [
      'codepipeline/action-fails',
      'codepipeline/second-stage-fails',
      'codepipeline/timed-out',
      'codepipeline/stopped-and-superseded',
    ],
  ),
  hasty(
    'cloudformation',
    [
      before(
        'packages/targets/cloudformation/rollout.ts',
        'const follow = async (how: StackContext, which: Operation): Promise<Ending> => {\n    try {',
        'which.deadline > 0',
      ),
    ],
    ['cloudformation/rolled-back', 'cloudformation/timed-out', 'cloudformation/somebody-else'],
  ),
  hasty(
    'command',
    [
      before(
        'packages/targets/command/script/driver.ts',
        'const follow = async (): Promise<Ending> => {\n      const ended',
        "phase === 'deploy'",
      ),
      before(
        'packages/targets/command/terraform/rollout.ts',
        'const follow = async (): Promise<Ending> => {\n    const applied',
        'open.length > 0',
      ),
    ],
    ['command/script', 'command/broken-off', 'command/overtaken'],
  ),
];
