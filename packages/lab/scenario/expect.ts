import { stackShortfalls } from './aws/cloudformation/expect.ts';
import { pipelineShortfalls } from './aws/codepipeline/expect.ts';
import { tableShortfalls } from './aws/dynamodb/play.ts';
import { functionShortfalls } from './aws/lambda/expect.ts';
import { siteShortfalls } from './aws/site/site.ts';
import { topicShortfalls } from './aws/sns/play.ts';
import { commandLineShortfalls } from './command-line.ts';
import { callShortfalls, githubCallShortfalls } from './expect-calls.ts';
import { journalShortfalls } from './expect-journal.ts';
import { runShortfalls, stepShortfalls } from './expect-run.ts';
import { serviceShortfalls } from './expect-service.ts';
import { issueShortfalls } from './issues.ts';
import { deploymentState, versionsBehind } from './look.ts';
import { outsideShortfalls } from './outside.ts';
import { releaseShortfalls } from './releases.ts';
import type { Expectation } from './schema.ts';
import { differs } from './shortfall.ts';
import type { Stage } from './stage.ts';

/** What fell short, as sentences; empty when the expectation holds. */
export async function shortfalls(stage: Stage, expectation: Expectation): Promise<readonly string[]> {
  const { run, step, journal, serves, service, deployment, calls, 'github-calls': githubCalls } = expectation;
  const { outside } = expectation;
  const { pipeline, 'command-line': commandLine } = expectation;
  return [
    ...(pipeline === undefined ? [] : pipelineShortfalls(stage, pipeline)),
    ...(commandLine === undefined ? [] : commandLineShortfalls(stage, commandLine)),
    ...(run === undefined ? [] : runShortfalls(stage, run)),
    ...(step === undefined ? [] : stepShortfalls(stage, step)),
    ...(journal === undefined ? [] : journalShortfalls(stage, journal)),
    ...(serves === undefined ? [] : servesShortfalls(stage, serves)),
    ...(service === undefined ? [] : serviceShortfalls(stage, service)),
    ...(expectation.stack === undefined ? [] : stackShortfalls(stage, expectation.stack)),
    ...(outside === undefined ? [] : outsideShortfalls(stage.lab.outside, outside)),
    ...(expectation.function === undefined ? [] : functionShortfalls(stage, expectation.function)),
    ...(expectation.table === undefined ? [] : tableShortfalls(stage, expectation.table)),
    ...(expectation.topic === undefined ? [] : topicShortfalls(stage, expectation.topic)),
    ...(expectation.issue === undefined ? [] : issueShortfalls(stage, expectation.issue)),
    ...(deployment === undefined ? [] : await deploymentShortfalls(stage, deployment)),
    ...releaseShortfalls(stage, expectation),
    ...siteShortfalls(stage, expectation),
    ...(calls === undefined ? [] : callShortfalls(stage, calls)),
    ...(githubCalls === undefined ? [] : githubCallShortfalls(stage, githubCalls)),
  ];
}

function servesShortfalls({ lab }: Stage, { host, version }: NonNullable<Expectation['serves']>): readonly string[] {
  const versions = versionsBehind(lab, host);
  return versions === undefined
    ? [`nothing answers at ${host}`]
    : differs(`versions behind ${host}`, [version], versions);
}

async function deploymentShortfalls(
  stage: Stage,
  wanted: NonNullable<Expectation['deployment']>,
): Promise<readonly string[]> {
  const { environment, release, state } = wanted;
  const what = `deployment${release === undefined ? '' : ` of ${release}`} to ${environment}`;
  return differs(what, state, await deploymentState(stage, environment, release));
}
