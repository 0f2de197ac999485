import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Expectation, Moment } from '../report/data.ts';
import { chapterOf, fromLab } from '../report/from-lab.ts';
import { writeReport } from '../report/report.ts';
import type { Played } from './run.ts';
import type { Stage } from './stage.ts';
import type { Held } from './story.ts';

export interface ReportOptions {
  readonly directory: string;
  readonly file: string;
  /** Wall time of the whole scenario, in ms. */
  readonly took: number;
}

/** Writes what a person would have seen on GitHub. Answers the file. */
export async function reportOf(
  stage: Stage,
  played: Extract<Played, { kind: 'played' }>,
  options: ReportOptions,
): Promise<string> {
  const { lab, scenario, repository } = stage;
  const until = lab.clock.now();
  const chapters = stage.chapters.map(({ heading, at }, index) => chapterOf(heading, at, index));
  const data = await fromLab(
    {
      title: scenario.name,
      from: until - played.labTime,
      until,
      took: options.took,
      chapters,
      moments: stage.moments.map(({ text, at }): Moment => ({ text, at, kind: 'person' })),
      expectations: played.expectations.map(held => expectationOf(held, options.file, chapters)),
      faults: played.troubles,
    },
    { world: lab.github.world, repository, runs: lab.runner.runs, apiUrl: lab.addresses.api },
  );
  mkdirSync(options.directory, { recursive: true });
  const file = join(options.directory, 'index.html');
  writeReport(data, file);
  return file;
}

function expectationOf(
  { what, short, line, at }: Held,
  file: string,
  chapters: readonly { readonly id: string; readonly from: number }[],
): Expectation {
  const chapter = chapters.findLast(({ from }) => from <= at)?.id;
  return {
    text: what,
    held: short.length === 0,
    source: `${file}:${line}`,
    ...(short.length === 0 ? {} : { reason: short.join('\n') }),
    ...(chapter === undefined ? {} : { chapter }),
  };
}
