import type { RuleVerdict } from '../verdict.ts';
import { table } from './markdown.ts';
import { verdictMark } from './outcome-mark.ts';

/** Every rule with its verdict and evidence; what unblocks it only where something is blocked. */
export function rulesTable(rules: readonly RuleVerdict[]): string {
  const blocked = rules.some(rule => rule.next !== undefined);
  const head = ['rule', 'verdict', 'evidence', ...(blocked ? ['what unblocks it'] : [])];
  const rows = rules.map(rule => [
    rule.rule,
    verdictMark(rule.verdict),
    rule.message,
    ...(blocked ? [rule.next ?? ''] : []),
  ]);
  return table(head, rows);
}
