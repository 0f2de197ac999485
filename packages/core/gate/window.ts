import { type Opening, openingAt } from '../calendar/openings.ts';
import type { WeeklyWindow } from '../calendar/weekly-window.ts';
import { clockText, momentText } from '../calendar/zone.ts';
import { formatDuration } from '../duration.ts';
import type { Evidence } from '../finding.ts';
import type { WindowPolicy } from '../flow/gates/window.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import { goesOnFrom, rule } from './rule.ts';

const name = 'window';

interface Asked {
  readonly policy: WindowPolicy;
  readonly facts: GateFacts;
}

/** A release starts in a required window, and had better start in a preferred one; either is open for as long as it takes. */
export function judgeWindow({ policy, facts }: Asked): readonly RuleVerdict[] {
  const { zone, require: required, prefer, takes = 1 } = policy;
  const { now } = facts;
  const must = required === undefined ? undefined : openingAt(required, zone, now, takes);
  if (required !== undefined && must !== undefined && must.next?.from !== now) {
    return [closed({ policy, facts }, required, must)];
  }
  const better = prefer === undefined ? undefined : openingAt(prefer, zone, now, takes);
  if (prefer !== undefined && better !== undefined && better.next?.from !== now) {
    return [notPreferred({ policy, facts }, prefer, better)];
  }
  const open = better ?? must;
  const until = open?.next === undefined || open.unbounded ? '' : ` until ${momentText(zone, open.next.to)}`;
  const message = `Releases to ${facts.plan.environment.name} start ${textsOf(required ?? prefer)} (${zone}): open${until}.`;
  return [rule(name, 'pass', 'window-open', message, evidenceOf(policy, now))];
}

function closed({ policy, facts }: Asked, windows: readonly WeeklyWindow[], { current, next }: Opening): RuleVerdict {
  const { zone, takes = 0 } = policy;
  const { now, plan } = facts;
  const evidence = evidenceOf(policy, now);
  const why = `Releases to ${plan.environment.name} start ${textsOf(windows)}`;
  if (next === undefined) {
    return rule(name, 'fail', 'window-never-opens', `${why}, which does not come in the next weeks.`, evidence);
  }
  const opening = momentText(zone, next.from);
  const until = new Date(next.from).toISOString();
  const unblocks = goesOnFrom(opening);
  if (current === undefined) {
    const message = `${why}; now it is ${clockText(zone, now)} in ${zone}. The next opening is ${opening}.`;
    return { ...rule(name, 'wait', 'window-closed', message, { ...evidence, until }, unblocks), until };
  }
  const message = `${why}; the window closes in ${formatDuration(current.to - now)}, and a release takes up to ${formatDuration(takes)}. The next opening is ${opening}.`;
  return { ...rule(name, 'wait', 'window-too-short', message, { ...evidence, until }, unblocks), until };
}

function notPreferred({ policy, facts }: Asked, windows: readonly WeeklyWindow[], { next }: Opening): RuleVerdict {
  const { zone } = policy;
  const better = next === undefined ? '' : `, next from ${momentText(zone, next.from)} on`;
  const message = `⚠ Not a preferred time: now it is ${clockText(zone, facts.now)} in ${zone}; ${textsOf(windows)} is preferred${better}.`;
  return rule(name, 'pass', 'window-not-preferred', message, evidenceOf(policy, facts.now));
}

function textsOf(windows: readonly WeeklyWindow[] = []): string {
  return windows.map(({ text }) => text).join(' or ');
}

function evidenceOf({ zone, require: required = [], prefer = [] }: WindowPolicy, now: number): Evidence {
  const texts = (windows: readonly WeeklyWindow[]) => windows.map(({ text }) => text);
  return { zone, now: new Date(now).toISOString(), require: texts(required), prefer: texts(prefer) };
}
