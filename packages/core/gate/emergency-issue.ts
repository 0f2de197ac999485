import type { Glass } from '../plan/glass.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunReference } from '../release.ts';
import { oneLine } from '../report/markdown.ts';
import { minuteOf } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';
import { issueMarker } from './release-issue.ts';

export interface EmergencyIssue {
  readonly title: string;
  readonly body: string;
  readonly marker: string;
  readonly label: string;
}

interface EmergencyFacts {
  /** ISO 8601. */
  readonly due: string;
  readonly rules: readonly RuleVerdict[];
  readonly run: RunReference;
}

/** The issue in which people review an emergency: what was broken, why, by when they have to. */
export function emergencyIssue(plan: Plan, glass: Glass, { due, rules, run }: EmergencyFacts): EmergencyIssue {
  const { service, release, environment } = plan;
  const broken = rules.filter(({ reason, rule }) => reason === 'glass-broken' && rule !== 'break-glass');
  const marker = issueMarker(plan).replace('<!-- release-actions:', '<!-- release-actions emergency:');
  const until = minuteOf(due);
  const body = [
    `**${service} ${release.version}** (${release.sha}) went to **${environment.name}** as an emergency, in ${run.url}.`,
    '',
    `- Incident: ${oneLine(glass.incident)}`,
    `- Reason: ${oneLine(glass.reason)}`,
    `- Started by ${plan.originators.join(', ')}`,
    ...broken.map(({ rule, message }) => oneLine(`- ${rule}: ${message}`)),
    '',
    `To be reviewed by **${until} UTC**; every release says so while it is overdue.`,
    '',
    '- [ ] The timeline is written down',
    '- [ ] The cause is known',
    '- [ ] What the broken rules would have found is made up for',
    '- [ ] What keeps it from happening again is planned',
    marker,
    '',
  ];
  const title = `Review the emergency release of ${service} ${release.version} to ${environment.name} by ${due.slice(0, 10)}`;
  return { title, body: body.join('\n'), marker, label: 'emergency-review' };
}
