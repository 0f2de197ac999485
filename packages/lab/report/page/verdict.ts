import type { ReportData } from '../data.ts';
import type { Shown } from '../state.ts';

/** What the scenario came to. A scenario that expects nothing, or whose lab broke, has proven nothing. */
export function scenarioVerdict({ expectations, faults }: Pick<ReportData, 'expectations' | 'faults'>): Shown {
  const missed = expectations.filter(({ held }) => !held).length;
  if (faults.length > 0) return { look: 'bad', word: 'The lab itself failed: nothing is proven' };
  if (missed > 0) return { look: 'bad', word: `${missed} of ${expectations.length} expectations fell short` };
  if (expectations.length === 0) return { look: 'neutral', word: 'Nothing was expected' };
  return {
    look: 'good',
    word: expectations.length === 1 ? 'The expectation held' : `All ${expectations.length} expectations held`,
  };
}
