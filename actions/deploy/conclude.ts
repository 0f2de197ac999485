import { type Result, worst } from '#core/outcome';
import { sentence } from '#core/report/sentence';

/**
 * What the components (or the parts) came to together. A refusal, and what somebody else has decided, is left as it is, because this
 * release has changed nothing there; where another one has been changed already, the release is half done: that is a failure, from which
 * it comes back.
 */
export function conclude(endings: readonly (Result & { readonly changed: boolean })[]): Result {
  const deciding = worst(endings);
  if (deciding === undefined) throw new Error('a plan without components reached the deployment');
  const { outcome, reason, message, evidence, next, where, explanation } = deciding;
  const result: Result = {
    ...{ outcome, reason, message, evidence },
    ...(next === undefined ? {} : { next }),
    ...(where === undefined ? {} : { where }),
    ...(explanation === undefined ? {} : { explanation }),
  };
  const changed = endings.some(ending => ending.outcome === 'succeeded' && ending.changed);
  if (!leaves.has(outcome) || reason === 'cancelled' || !changed) return result;
  return { ...result, outcome: 'failed', message: `${sentence(message)} Other components were changed already.` };
}

const leaves: ReadonlySet<Result['outcome']> = new Set(['refused', 'superseded', 'stopped']);
