import { createCodeBuild } from '../../../packages/lab/aws/codebuild/codebuild.ts';
import { createCodePipeline } from '../../../packages/lab/aws/codepipeline/codepipeline.ts';
import type { ActionBehaviour } from '../../../packages/lab/aws/codepipeline/state.ts';
import type { PipelineSpec } from '../../../packages/lab/aws/codepipeline/world.ts';
import { createLogs } from '../../../packages/lab/aws/logs/logs.ts';
import { type ManualClock, manualClock, startLab } from '../wire/harness.ts';

export const place = { account: '111111111111', region: 'ap-southeast-2' };
export const first = 'a'.repeat(40);
export const second = 'b'.repeat(40);
export const broken = 'c'.repeat(40);

/** One repository whose commits are known by their sha; `broken` holds a template that fails. */
export async function openPipelines() {
  const clock = manualClock();
  const logs = createLogs({ clock, lateness: 0 });
  const repository = { head: first };
  const writer = {
    createGroup: (account: string, region: string, group: string) => logs.at(account, region).createGroup(group),
    append: (account: string, region: string, group: string, stream: string, time: number, message: string) =>
      logs.at(account, region).append(group, stream, time, message),
  };
  const builds = createCodeBuild({ clock, logs: writer });
  const { service, world } = createCodePipeline({
    clock,
    builds,
    logs: writer,
    sources: {
      head: () => repository.head,
      has: (_repository, sha) => [first, second, broken].includes(sha),
      summary: (_repository, sha) => sha.slice(0, 1),
      readFile: (_repository, sha) => (sha === broken ? 'broken' : 'fine'),
    },
  });
  const lab = await startLab({ services: [service, builds.service, logs.service], manual: clock });
  return { lab, clock, world, repository };
}

export type Pipelines = Awaited<ReturnType<typeof openPipelines>>;

const type = (category: 'Source' | 'Build' | 'Deploy' | 'Approval', provider: string) => ({
  category,
  owner: 'AWS' as const,
  provider,
  version: '1',
});

/** Source 5 s, Build (CodeBuild) 30 s, Deploy (CloudFormation) 60 s, which fails on the broken commit. */
export function webPipeline(change: Partial<PipelineSpec['declaration']> = {}, deploy: object = {}): PipelineSpec {
  const configuration = { FullRepositoryId: 'acme/web', BranchName: 'main', ConnectionArn: 'arn:aws:connection' };
  return {
    declaration: {
      name: 'web',
      roleArn: 'arn:aws:iam::111111111111:role/pipeline',
      pipelineType: 'V2',
      executionMode: 'SUPERSEDED',
      stages: [
        {
          name: 'Source',
          actions: [{ name: 'GitHub', actionTypeId: type('Source', 'CodeStarSourceConnection'), configuration }],
        },
        {
          name: 'Build',
          actions: [{ name: 'Lint', actionTypeId: type('Build', 'CodeBuild'), configuration: { ProjectName: 'lint' } }],
        },
        {
          name: 'Deploy',
          actions: [
            { name: 'Stack', actionTypeId: type('Deploy', 'CloudFormation'), configuration: { StackName: 'web' } },
          ],
          ...deploy,
        },
      ],
      ...change,
    },
    behaviours: new Map<string, ActionBehaviour>([
      ['Source/GitHub', { takes: 5_000, log: [] }],
      ['Build/Lint', { takes: 30_000, log: ['linting'] }],
      [
        'Deploy/Stack',
        {
          takes: 60_000,
          log: [],
          fails: { when: { file: 't.yml', holds: 'broken' }, code: 'JobFailed', message: 'no such subnet', log: [] },
        },
      ],
    ]),
    startsAfterPush: 30_000,
  };
}

/** Lets time pass in small steps, as events beget events. Signatures are good for five minutes: no test takes longer. */
export function pass(clock: ManualClock, milliseconds: number): void {
  for (let left = milliseconds; left > 0; left -= 1000) clock.advance(Math.min(1000, left));
}
