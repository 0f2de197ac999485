import { describeExpectation } from './describe.ts';
import { shortfalls } from './expect.ts';
import { play } from './play.ts';
import type { Step } from './schema.ts';
import { lacks } from './shortfall.ts';
import { beginStep, type Stage } from './stage.ts';
import { wordsOf } from './words-of.ts';

/** An expectation, and what fell short of it. */
export interface Held {
  readonly line: number;
  readonly what: string;
  readonly short: readonly string[];
  /** Lab time of the look. */
  readonly at: number;
}

export type Place = (path: readonly (string | number)[]) => { readonly file: string; readonly line: number };

/** Plays the steps one after the other, and judges what each has come to. */
export async function tellStory(stage: Stage, place: Place, expectations: Held[]): Promise<void> {
  const judge = (path: readonly (string | number)[], what: string, short: readonly string[]) => {
    const { file, line } = place(path);
    expectations.push({ line, what, short, at: stage.lab.clock.now() });
    for (const text of short) stage.narrate(`✖ ${file}:${line}: ${text}`);
  };
  for (const [index, step] of stage.scenario.steps.entries()) {
    beginStep(stage);
    const refusal = await play(stage, step, (...path) => {
      const { file, line } = place(['steps', index, ...path]);
      return `${file}:${line}`;
    });
    if (step.refused !== undefined) {
      judge(['steps', index, 'refused'], `refused: ${step.refused}`, refusedShortfalls(step, refusal));
    }
    for (const [nth, expectation] of (step.expect ?? []).entries()) {
      const short = await shortfalls(stage, expectation).catch((error: unknown) => [wordsOf(error)]);
      judge(['steps', index, 'expect', nth], describeExpectation(expectation), short);
    }
  }
}

function refusedShortfalls({ refused }: Step, refusal: string | undefined): readonly string[] {
  return refusal === undefined ? ['nothing was refused'] : lacks('the refusal', refused, refusal);
}

/** Faults that were prepared and struck nothing: what they were for has not been shown. */
export function idleFaults({ faults }: Stage): readonly string[] {
  return faults
    .filter(({ watch, optional }) => watch.struck === 0 && !optional)
    .map(({ where, call }) => `${where}: the fault of ${call} struck no call`);
}
