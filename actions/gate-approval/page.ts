import { formatDuration, toTheSecond } from '#core/duration';
import type { GateFacts } from '#core/gate/facts';
import { isFinal } from '#core/gate/migrations';
import type { EnvironmentState, HistoryEntry } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { nameOf } from '#core/release';
import { oneLine } from '#core/report/markdown';
import { minuteAt, minuteOf } from '#core/report/minute';
import { verdictMark } from '#core/report/outcome-mark';
import { rulesTable } from '#core/report/rules-table';
import type { Verdict } from '#core/verdict';
import { type Seen, whatChanges } from './what-changes.ts';

/** The reviewer’s page: the facts for one click, on one screen. */
export function reviewersPage(facts: GateFacts, verdict: Verdict, seen: Seen): string {
  const { plan, state } = facts;
  return [
    `## ${plan.glass === undefined ? '' : '🔴 EMERGENCY · '}${headline(plan)}`,
    '',
    `**${verdictMark(verdict.verdict)}** · ${verdict.message}`,
    '',
    askedBy(plan),
    '',
    rulesTable(verdict.rules),
    '',
    '### What changes',
    '',
    ...whatChanges(plan, state, seen),
    '',
    '### The way back',
    '',
    wayBack(plan, state),
    '',
    ...timeline(facts),
    '',
  ].join('\n');
}

/** The short page of the second judgement, right before the change. */
export function gatePage(plan: Plan, verdict: Verdict): string {
  return [`### Gate before ${plan.environment.name}`, '', rulesTable(verdict.rules), ''].join('\n');
}

function headline(plan: Plan): string {
  const { service, release, environment, operation, from, why, only = [] } = plan;
  const part = only.length === 0 ? '' : `${only.join(', ')} `;
  const what =
    operation === 'rollback'
      ? `${part}back to ${nameOf(release)}${from === undefined ? '' : ` from ${nameOf(from)}`}`
      : nameOf(release);
  return oneLine(`${service} ${what} → ${environment.name}${why === undefined ? '' : `: ${why}`}`);
}

/** Who wants this, and until when a click counts. */
function askedBy({ originators, made, environment: { approve, policy } }: Plan): string {
  const by = originators.length === 0 ? 'a bot' : originators.join(', ');
  const rules = policy === undefined ? '' : ` The rules of \`${policy}\` hold, too.`;
  const started = `Started by ${by}, planned at ${minuteOf(made)} UTC.${rules}`;
  if (approve?.within === undefined) return started;
  return `${started} An approval counts until **${minuteAt(Date.parse(made) + approve.within)} UTC**.`;
}

function wayBack({ operation, environment }: Plan, { verified, history }: EnvironmentState): string {
  if (operation === 'rollback') return 'This is the way back. Where it fails, it says how far it came and stops there.';
  const { migrations } = environment.gates;
  if (environment.onFailure !== 'rollback' && migrations !== undefined && isFinal(migrations)) {
    return 'A migration of this release cannot be undone: a failure is **left as it is**, and the way out leads forward.';
  }
  if (environment.onFailure !== 'rollback') {
    return `The flow file says \`on-failure: ${environment.onFailure}\`: a failure is **left as it is**, and rollback.yml goes back.`;
  }
  if (verified === null) return 'Nothing has been verified here yet: a failure goes back to what ran before.';
  const last = history.find(entry => entry.result === 'rolled-back');
  const before =
    last === undefined
      ? 'No rollback has been needed so far.'
      : oneLine(
          `The last rollback was on ${last.at.slice(0, 10)}, from ${nameOf(last.release)}${tookWords(last)}: ${last.note ?? ''}`,
        );
  return `A failure goes back to **${nameOf(verified.release)}** by itself, in the same job. ${before}`;
}

function tookWords({ took }: HistoryEntry): string {
  return took === undefined ? '' : `, and took ${formatDuration(toTheSecond(took))}`;
}

/** The release so far, environment by environment. */
function timeline({ plan, earlier, now }: GateFacts): readonly string[] {
  const verified = earlier?.known.find(
    standing => standing.release.sha === plan.release.sha || standing.release.tree === plan.release.tree,
  );
  if (verified === undefined || plan.environment.after === undefined) return [];
  return [
    '```mermaid',
    'timeline',
    `  title ${nameOf(plan.release)}`,
    `  ${minuteOf(verified.since).replaceAll(':', '.')} UTC : verified in ${plan.environment.after}`,
    `  ${minuteAt(now).replaceAll(':', '.')} UTC : planned for ${plan.environment.name}`,
    '```',
  ];
}
