import { expect, test } from '@jest/globals';
import { ok, unknown, wrong } from '#core/doctor/finding';
import { reportLines, reportPage, rulesOf } from '#core/doctor/report';
import { judge } from '#core/verdict';

const findings = [
  ok('environment dev', 'It is there.'),
  unknown('AWS of dev', { reason: 'credentials-missing', message: 'Nobody may look.', evidence: {} }),
  wrong('tags vX.Y.Z', 'They can move.', { next: 'Protect them.' }, { rulesets: [] }),
];

test('what is wrong comes first, then what is unknown, and each is a rule', () => {
  expect(rulesOf(findings)).toMatchObject([
    { rule: 'tags vX.Y.Z', verdict: 'fail', reason: 'not-as-demanded', next: 'Protect them.' },
    { rule: 'AWS of dev', verdict: 'inconclusive', reason: 'settings-unread' },
    { rule: 'environment dev', verdict: 'pass', reason: 'as-demanded' },
  ]);
  expect(judge(rulesOf(findings))).toMatchObject({ verdict: 'fail', reason: 'not-as-demanded' });
  expect(judge(rulesOf(findings.slice(0, 2)))).toMatchObject({ verdict: 'inconclusive' });
});

test('a terminal is told all of it in order, and how many there are of each', () => {
  expect(reportLines(findings)).toEqual([
    '✔ ok  environment dev: It is there.',
    '? unknown  AWS of dev: Nobody may look.',
    '✖ wrong  tags vX.Y.Z: They can move.',
    '    rulesets: none',
    '    → Protect them.',
    '1 ok, 1 wrong, 1 unknown.',
  ]);
});

test('a page has a table of what is open, and folds the rest', () => {
  const page = reportPage(findings);
  expect(page).toContain('| tags vX.Y.Z | ✖ fail | They can move. | Protect them. |');
  expect(page).toContain('<details><summary>As it should be</summary>\n\n- environment dev: It is there.\n');
  expect(reportPage(findings.slice(0, 1))).not.toContain('| rule |');
  expect(reportPage(findings.slice(1))).not.toContain('<details>');
});
