import { freezesOfDates, freezesOfPeriods, frozenAt } from '../calendar/freezes.ts';
import { momentText } from '../calendar/zone.ts';
import { formatDuration } from '../duration.ts';
import type { FreezePolicy } from '../flow/gates/freeze.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import type { FreezeFindings } from './lookups.ts';
import { judgeOpenIssues } from './open-issues.ts';
import { goesOnFrom, rule } from './rule.ts';

const name = 'freeze';

interface Asked {
  readonly policy: FreezePolicy;
  readonly found: FreezeFindings;
  readonly facts: GateFacts;
}

/** A freeze ends by itself, so a release waits for that; an open issue ends when people end it. */
export function judgeFreeze({ policy, found, facts }: Asked): readonly RuleVerdict[] {
  const { whileOpen } = policy;
  const issues = { policy: whileOpen, found: found.issues };
  return [
    judgeDates({ policy, found, facts }),
    ...(whileOpen.length === 0 ? [] : judgeOpenIssues(issues, 'freeze while open')),
  ];
}

function judgeDates({ policy, found, facts: { now, plan } }: Asked): RuleVerdict {
  const { zone, takes = 0 } = policy;
  const freezes = [
    ...freezesOfDates(policy.dates, zone),
    ...freezesOfPeriods(policy.last, zone, now),
    ...found.holidays.map(({ name: own, from, to }) => ({ name: own, from: Date.parse(from), to: Date.parse(to) })),
  ];
  const frozen = frozenAt(freezes, now, takes);
  const environment = plan.environment.name;
  if (frozen === undefined && policy.holidays.length > 0 && found.holidays.length === 0) {
    const message = `⚠ No day of the year ahead is in ${policy.holidays.join(', ')}: are the holidays kept?`;
    return rule(name, 'pass', 'holidays-run-out', message, { files: policy.holidays });
  }
  if (frozen === undefined)
    return rule(name, 'pass', 'no-freeze', `Nothing freezes ${environment}${nextOf(freezes, zone, now)}.`);
  const { by } = frozen;
  const until = new Date(frozen.until).toISOString();
  const end = momentText(zone, frozen.until);
  const evidence = { freeze: by.name, from: new Date(by.from).toISOString(), until };
  const next = goesOnFrom(end);
  if (by.from <= now) {
    const message = `${environment} is frozen until ${end}: ${by.name}.`;
    return { ...rule(name, 'wait', 'frozen', message, evidence, next), until };
  }
  const message = `${environment} will be frozen in ${formatDuration(by.from - now)} until ${end} (${by.name}), and a release takes up to ${formatDuration(takes)}.`;
  return { ...rule(name, 'wait', 'freeze-ahead', message, evidence, next), until };
}

function nextOf(
  freezes: readonly { readonly name: string; readonly from: number }[],
  zone: string,
  now: number,
): string {
  const [next] = freezes.filter(({ from }) => from > now).toSorted((one, other) => one.from - other.from);
  return next === undefined ? '' : ` before ${momentText(zone, next.from)}: ${next.name}`;
}
