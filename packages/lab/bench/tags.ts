import type { Mark, Measurement } from './marks.ts';
import { median } from './statistics.ts';
import { table } from './table.ts';
import { checks, judgeTag, openTags, type TagRun, tags } from './tags-run.ts';

/** Each is judged so often; medians. */
const times = 5;

/** A tag on a line with many others, one that begins a minor line, and one that begins a major one: then all tags are its line. */
const cases = [
  { tag: 'v5.7.50', lists: 1 },
  { tag: 'v9.20.0', lists: 2 },
  { tag: 'v10.0.0', lists: 3 },
] as const;

/** GitHub’s pages of a list hold a hundred; the list of tags that begin so has no pages. */
const pagesOfChecks = Math.ceil(checks / 100);

/** `bench tags`: one tag among ten thousand, on a commit with five hundred checks, by the calls and the time that it takes. */
export async function benchTags(suite: string): Promise<Measurement> {
  const [many, few] = [await openTags(tags), await openTags(0)];
  try {
    const rows: (readonly [string, number, number, number, number])[] = [];
    const marks: Mark[] = [];
    const details: Record<string, unknown> = {};
    for (const { tag, lists } of cases) {
      const runs: TagRun[] = [];
      const alone: TagRun[] = [];
      // Interleaved, so that a slow minute of the machine is in both.
      for (let time = 0; time < times; time += 1) {
        runs.push(await judgeTag(suite, many, tag));
        alone.push(await judgeTag(suite, few, tag));
      }
      const [run] = runs;
      if (run === undefined) continue;
      const wall = median(runs.map(({ milliseconds }) => milliseconds));
      const bare = median(alone.map(({ milliseconds }) => milliseconds));
      rows.push([tag, run.calls.length, run.lists, run.listed, Math.round(wall)]);
      marks.push(
        mark(`${tag}: lists of tags`, run.lists, lists),
        mark(`${tag}: pages of checks`, run.checkPages, pagesOfChecks),
        mark(`${tag}: all calls`, run.calls.length, (alone[0]?.calls.length ?? 0) + lists - 3),
        mark(`${tag}: time, by that of a repository without other tags`, wall / bare, 2),
      );
      details[tag] = { calls: run.calls, wall, bare };
    }
    console.log(table(['tag', 'calls', 'lists', 'tags in them', 'ms'], rows));
    return { name: 'tags', marks, details };
  } finally {
    await Promise.all([many.close(), few.close()]);
  }
}

function mark(what: string, found: number, atMost: number): Mark {
  return { what, found, atMost, unit: '' };
}
