import { rulesTable } from '../report/rules-table.ts';
import type { RuleVerdict, VerdictKind } from '../verdict.ts';
import type { Diagnosis, DoctorFinding } from './finding.ts';

const marks: Record<Diagnosis, string> = { ok: '✔', wrong: '✖', unknown: '?' };

/** For a terminal, and for a log. */
export function reportLines(findings: readonly DoctorFinding[]): readonly string[] {
  return [
    ...findings.flatMap(({ is, about, message, evidence, next }) => [
      `${marks[is]} ${is}  ${about}: ${message}`,
      ...Object.entries(evidence).map(([name, value]) => `    ${name}: ${[value].flat().join(', ') || 'none'}`),
      ...(next === undefined ? [] : [`    → ${next}`]),
    ]),
    countText(findings),
  ];
}

/** For the page of a job: what is open comes first, and the rest is folded. */
export function reportPage(findings: readonly DoctorFinding[]): string {
  const [open, fine] = [rulesOf(findings.filter(({ is }) => is !== 'ok')), findings.filter(({ is }) => is === 'ok')];
  return [
    '### The doctor',
    '',
    countText(findings),
    ...(open.length === 0 ? [] : ['', rulesTable(open)]),
    ...(fine.length === 0
      ? []
      : [
          '',
          '<details><summary>As it should be</summary>',
          '',
          ...fine.map(({ about, message }) => `- ${about}: ${message}`),
          '',
          '</details>',
        ]),
    '',
    '`npx github:org/release-actions#v1 doctor --fix` prints what mends it.',
    '',
  ].join('\n');
}

const verdicts: Record<Diagnosis, Pick<RuleVerdict, 'verdict' | 'reason'>> = {
  ok: { verdict: 'pass', reason: 'as-demanded' },
  wrong: { verdict: 'fail', reason: 'not-as-demanded' },
  unknown: { verdict: 'inconclusive', reason: 'settings-unread' },
};

/** Each finding as a rule, the wrong ones first, then those that are unknown. */
export function rulesOf(findings: readonly DoctorFinding[]): readonly RuleVerdict[] {
  const order: readonly VerdictKind[] = ['fail', 'inconclusive', 'pass'];
  return findings
    .map(({ about, is, message, evidence, next }) => ({
      rule: about,
      ...verdicts[is],
      message,
      evidence,
      ...(next === undefined ? {} : { next }),
    }))
    .toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
}

function countText(findings: readonly DoctorFinding[]): string {
  const count = (diagnosis: Diagnosis) => findings.filter(({ is }) => is === diagnosis).length;
  return `${count('ok')} ok, ${count('wrong')} wrong, ${count('unknown')} unknown.`;
}
