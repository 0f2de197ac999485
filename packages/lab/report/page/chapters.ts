import type { RunRecord } from '../../runner/records.ts';
import type { Chapter, Moment, ReportData } from '../data.ts';

/** A chapter with what happened in it. What came before the first chapter is a part without a title. */
export interface Part extends Partial<Omit<Chapter, 'from'>> {
  readonly runs: readonly RunRecord[];
  readonly moments: readonly Moment[];
}

export function partsOf({
  chapters,
  runs,
  moments,
}: Pick<ReportData, 'chapters' | 'runs' | 'moments'>): readonly Part[] {
  const inOrder = chapters.toSorted((one, other) => one.from - other.from);
  const starts = [Number.NEGATIVE_INFINITY, ...inOrder.map(chapter => chapter.from)];
  const parts = starts.map((from, index): Part => {
    const until = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    const within = (at: number) => at >= from && at < until;
    return {
      ...inOrder[index - 1],
      runs: runs.filter(run => within(run.createdAt)).toSorted((one, other) => one.createdAt - other.createdAt),
      moments: moments.filter(({ at }) => within(at)).toSorted((one, other) => one.at - other.at),
    };
  });
  return parts.filter(part => part.title !== undefined || part.runs.length > 0 || part.moments.length > 0);
}
