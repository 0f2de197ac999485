import type { Repository } from '../github/ports.ts';
import type { Lab } from '../lab.ts';
import type { RunRecord } from '../runner/records.ts';
import type { Scenario } from './schema.ts';

/** A scenario on its stage: the lab, and how far the story is. */
export interface Stage {
  readonly lab: Lab;
  readonly scenario: Scenario;
  readonly repository: Repository;
  readonly narrate: (line: string) => void;
  /** Where the calls of the present step begin. */
  callsFrom: number;
  githubCallsFrom: number;
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

/** The newest run, of a workflow, or of a branch, tag or title. */
export function newestRun(stage: Stage, workflow?: string, of?: string): RunRecord {
  const runs = runsOf(stage)
    .filter(run => workflow === undefined || run.workflow.name === workflow)
    .filter(
      run => of === undefined || run.title === of || run.ref === `refs/heads/${of}` || run.ref === `refs/tags/${of}`,
    );
  const newest = runs.at(-1);
  const which = [workflow, of].filter(part => part !== undefined).join(' of ');
  if (newest === undefined) throw new Error(`there is no run${which === '' ? '' : ` of ${which}`} yet`);
  return newest;
}
