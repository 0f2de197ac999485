import type { Repository } from '../github/ports.ts';
import type { Lab } from '../lab.ts';
import type { RunRecord } from '../runner/records.ts';
import type { HeldTime } from './held-time.ts';
import type { Scenario } from './schema.ts';

/** A fault, and where the file says it. */
export interface PlacedFault {
  readonly where: string;
  readonly call: string;
  readonly watch: { readonly struck: number };
  readonly optional: boolean;
}

/** What a command has said, on both of its streams. */
export interface Said {
  readonly exit: number | null;
  readonly output: string;
  /** How many calls of GitHub’s API it has made. */
  readonly calls: number;
}

/** A scenario on its stage: the lab, and how far the story is. */
export interface Stage {
  readonly lab: Lab;
  readonly scenario: Scenario;
  readonly repository: Repository;
  /** The folder of the suite that is played with. */
  readonly suite: string;
  readonly narrate: (line: string) => void;
  /** The only way in which time passes. */
  readonly time: HeldTime;
  /** Where the calls of the present step begin. */
  callsFrom: number;
  githubCallsFrom: number;
  /** Numbers of pull requests, by their title. */
  readonly pullRequests: Map<string, number>;
  /** Where every branch was when the present step began. */
  refsBefore: ReadonlyMap<string, string>;
  /** Attempts of runs that the present step has started, resumed or changed, as `id/attempt`. */
  readonly touched: Set<string>;
  readonly faults: PlacedFault[];
  /** What the commands of this step have said. */
  readonly said: Said[];
  /** Anything that makes the proof worthless. */
  readonly troubles: string[];
  /** Headings so far, and what people and the world did, in lab time: for the report. */
  readonly chapters: { readonly heading: string; readonly at: number }[];
  readonly moments: { readonly text: string; readonly at: number }[];
}

/** Tells what somebody does, live and for the report. */
export function tell(stage: Stage, text: string): void {
  stage.narrate(text);
  stage.moments.push({ text, at: stage.lab.clock.now() });
}

/** The attempts of runs of the released repository, the oldest first. */
export function runsOf({ lab, repository }: Stage): readonly RunRecord[] {
  return lab.runner.runs.filter(run => run.repository === repository.fullName);
}

/** A new step begins: what is judged from here on is what it does. */
export function beginStep(stage: Stage): void {
  stage.callsFrom = stage.lab.aws.handler.calls.length;
  stage.githubCallsFrom = stage.lab.github.world.calls.length;
  stage.refsBefore = new Map(stage.repository.refs());
  stage.touched.clear();
  stage.said.length = 0;
}

/** The newest run, of a workflow, or of a branch, tag or title: what people point at who approve, cancel or re-run. */
export function newestRun(stage: Stage, workflow?: string, of?: string): RunRecord {
  const newest = runsOf(stage).findLast(run => isMeant(run, workflow, of));
  if (newest === undefined) throw new Error(`there is no run${named(workflow, of)} yet`);
  return newest;
}

/**
 * The newest run that the present step has started, resumed or changed: what an earlier one came to shows nothing of this step.
 * One that is named and has not ended is what it is now, also when nothing has happened to it.
 */
export function runOfStep(stage: Stage, workflow?: string, of?: string): RunRecord | undefined {
  const isPresent = (run: RunRecord) =>
    stage.touched.has(attemptKey(run)) || (of !== undefined && run.status !== 'completed');
  return runsOf(stage).findLast(run => isPresent(run) && isMeant(run, workflow, of));
}

/** What is said when there is none. */
export function noRunOfStep(stage: Stage, workflow?: string, of?: string): string {
  const newest = runsOf(stage).findLast(run => isMeant(run, workflow, of));
  const old = newest === undefined ? '' : `; “${newest.title}” is of an earlier one`;
  return `this step has started, resumed or changed no run${named(workflow, of)}${old}`;
}

export function attemptKey({ id, attempt }: Pick<RunRecord, 'id' | 'attempt'>): string {
  return `${id}/${attempt}`;
}

function isMeant(run: RunRecord, workflow: string | undefined, of: string | undefined): boolean {
  return (
    (workflow === undefined || run.workflow.name === workflow) &&
    (of === undefined || run.title === of || run.ref === `refs/heads/${of}` || run.ref === `refs/tags/${of}`)
  );
}

function named(workflow: string | undefined, of: string | undefined): string {
  const which = [workflow, of].filter(part => part !== undefined).join(' of ');
  return which === '' ? '' : ` of ${which}`;
}
