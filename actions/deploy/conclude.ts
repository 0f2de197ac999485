import { type Result, worst } from '#core/outcome';
import { sentence } from '#core/report/sentence';
import type { ChangeRow } from '#core/target';

/**
 * What the components came to together. A refusal is left as it is, because it changed nothing; where another component has
 * been changed already, the release is half done: that is a failure, from which it comes back.
 */
export function conclude(endings: readonly (Result & { readonly changes: readonly ChangeRow[] })[]): Result {
  const deciding = worst(endings);
  if (deciding === undefined) throw new Error('a plan without components reached the deployment');
  const { outcome, reason, message, evidence, next, where, explanation } = deciding;
  const result: Result = {
    ...{ outcome, reason, message, evidence },
    ...(next === undefined ? {} : { next }),
    ...(where === undefined ? {} : { where }),
    ...(explanation === undefined ? {} : { explanation }),
  };
  const changed = endings.some(ending => ending.outcome === 'succeeded' && ending.changes.length > 0);
  if (outcome !== 'refused' || !changed) return result;
  return { ...result, outcome: 'failed', message: `${sentence(message)} Other components were changed already.` };
}
