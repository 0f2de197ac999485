import type { ActionExecutionDetail } from '#aws/codepipeline';
import { consoleLink, type PipelineContext, shortId } from './context.ts';
import type { ExecutionEnding } from './follow.ts';
import { describeFailure, failedActions } from './judge.ts';

/** How many log lines of a failed build are shown. */
const tailLines = 12;
/** How many failed actions are explained. */
const explained = 3;
/** Log events can be read some seconds after they were written, in ms. */
const lateness = 10_000;

/** Why an execution came to no good end, line by line: its failed actions with their links and last words. */
export async function explainEnding(context: PipelineContext, ending: ExecutionEnding): Promise<readonly string[]> {
  const { pipeline, id } = ending.followed;
  const lines: string[] = [];
  for (const action of failedActions(ending.seen.actions).slice(0, explained)) {
    const { externalExecutionUrl: url } = action.output?.executionResult ?? {};
    lines.push(describeFailure(action));
    if (url !== undefined) lines.push(`  ${url}`);
    lines.push(...(await lastWords(context, action)));
  }
  const who = await whoDidIt(context, ending).catch(unread);
  return [...lines, ...who, consoleLink(context.region, pipeline, id)];
}

/** How it ended must not get lost over why. */
function unread(error: unknown): readonly string[] {
  return [`(more could not be read: ${error instanceof Error ? error.message : String(error)})`];
}

/** Who stopped it with which words, or who came after it. */
async function whoDidIt({ pipelines }: PipelineContext, ending: ExecutionEnding): Promise<readonly string[]> {
  const { status } = ending.seen.execution;
  if (status !== 'Stopped' && status !== 'Superseded') return [];
  const { pipeline, id } = ending.followed;
  const executions = await pipelines.executions(pipeline, 20);
  const own = executions.findIndex(each => each.pipelineExecutionId === id);
  if (status === 'Stopped') {
    const reason = executions[own]?.stopTrigger?.reason;
    return reason === undefined || reason === '' ? [] : [`stopped with the words: ${reason}`];
  }
  const newer = executions[own - 1];
  if (newer === undefined) return [];
  const revision = newer.sourceRevisions?.[0];
  const what = revision === undefined ? '' : ` of ${revision.revisionId}: ${revision.revisionSummary ?? ''}`;
  return [`the next one is ${shortId(newer.pipelineExecutionId)}${what} (${newer.trigger?.triggerType ?? 'unknown'})`];
}

interface LogPlace {
  readonly group: string;
  readonly stream: string;
  /** What its phases say. */
  readonly phases: readonly string[];
}

async function lastWords(context: PipelineContext, action: ActionExecutionDetail): Promise<readonly string[]> {
  const { clock, signal } = context;
  const region = action.input?.region ?? context.region;
  try {
    const place = (await buildLog(context, action, region)) ?? computeLog(action);
    if (place === undefined) return [];
    const logs = await context.logs(region);
    let words = await logs.tail(place.group, place.stream, tailLines);
    const early = (action.lastUpdateTime?.getTime() ?? 0) + lateness - clock.now();
    if (early > 0) {
      await clock.sleep(early, signal).catch(() => undefined);
      words = await logs.tail(place.group, place.stream, tailLines);
    }
    const shown = words.map(line => `  │ ${line.trimEnd()}`);
    const nothing = `  (no log lines in ${place.group} ${place.stream})`;
    return [...place.phases.map(phase => `  ${phase}`), ...(shown.length > 0 ? shown : [nothing])];
  } catch (error) {
    return [`  (the log could not be read: ${error instanceof Error ? error.message : String(error)})`];
  }
}

/** An action of CodeBuild says only that its build failed; the build knows in which phase, and where its log is. */
async function buildLog(
  context: PipelineContext,
  action: ActionExecutionDetail,
  region: string,
): Promise<LogPlace | undefined> {
  const id = action.output?.executionResult?.externalExecutionId;
  if (action.input?.actionTypeId?.provider !== 'CodeBuild' || id === undefined) return undefined;
  const build = await (await context.builds(region)).build(id);
  const { groupName: group, streamName: stream } = build?.logs ?? {};
  if (build === undefined || group === undefined || stream === undefined) return undefined;
  const failed = (build.phases ?? []).filter(phase =>
    ['FAILED', 'FAULT', 'TIMED_OUT'].includes(phase.phaseStatus ?? ''),
  );
  const phases = failed.flatMap(({ phaseType, contexts = [] }) =>
    contexts.map(({ statusCode, message }) => `${phaseType}: ${statusCode}: ${message ?? ''}`),
  );
  return { group, stream, phases };
}

/** Only compute actions have `logStreamARN`: `arn:…:log-group:GROUP:log-stream:STREAM`. */
function computeLog(action: ActionExecutionDetail): LogPlace | undefined {
  const arn = action.output?.executionResult?.logStreamARN;
  const [, group, stream] = /:log-group:(.+):log-stream:(.+)$/.exec(arn ?? '') ?? [];
  return group === undefined || stream === undefined ? undefined : { group, stream, phases: [] };
}
