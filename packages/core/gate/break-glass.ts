import type { Plan } from '../plan/plan.ts';
import { minuteOf } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { rule } from './rule.ts';

/** What a rule says in an emergency that breaks it: the same, and it stops nothing. */
export function unlessBroken(
  { glass }: Pick<Plan, 'glass'>,
  key: string,
  verdicts: readonly RuleVerdict[],
): readonly RuleVerdict[] {
  if (glass === undefined || !glass.rules.some(rule => rule === key)) return verdicts;
  return verdicts.map(judged => {
    if (judged.verdict === 'pass') return judged;
    const evidence = { ...judged.evidence, verdict: judged.verdict, reason: judged.reason };
    return rule(judged.rule, 'pass', 'glass-broken', `🔴 Broken in an emergency: ${judged.message}`, evidence);
  });
}

/** That this is an emergency stands among the rules, for whoever approves it. */
export function judgeGlass({ plan: { glass } }: GateFacts): readonly RuleVerdict[] {
  if (glass === undefined) return [];
  const { rules, reason, incident } = glass;
  const message = `🔴 An emergency, ${incident}: ${reason}. ${rules.join(', ')} ${rules.length === 1 ? 'stops' : 'stop'} nothing.`;
  return [rule('break-glass', 'pass', 'glass-broken', message, { rules, reason, incident })];
}

/** The reviews of earlier emergencies that are overdue: told at every release, until their issue is closed. */
export function judgeReviewsDue({ plan, overdue }: GateFacts): readonly RuleVerdict[] {
  if (plan.operation === 'rollback') return [];
  return overdue.map(({ version, due, issue }) => {
    const where =
      issue === undefined ? 'it has no issue' : `${issue.url} is ${issue.open ? 'still open' : 'not to be read'}`;
    const message = `⚠ The emergency release of ${version} was to be reviewed by ${minuteOf(due)} UTC: ${where}.`;
    return rule('emergency review', 'pass', 'review-overdue', message, { version, due });
  });
}
