import { describe, expect, test } from '@jest/globals';
import { boxesOf, readChecklist } from '#core/flow/boxes';
import { judgeChecklist, judgeUndecided } from '#core/gate/checklist';
import type { ReleaseIssue } from '#core/gate/lookups';
import { decidedComment, issueBody, issueMarker } from '#core/gate/release-issue';
import { rule } from '#core/gate/rule';
import type { RuleVerdict } from '#core/verdict';
import { planOf, run } from '../fixture.ts';

const file = `# Before prod

- [ ] The release notes are written
- [x] Support knows ([how](https://example.com/support))
- [ ] Stage is verified <!-- rule: earlier environment -->

\`\`\`
- [ ] only shown
\`\`\`

1. [ ] The dashboard is open
`;
const path = '.github/prod-checklist.md';

function policyOf(text: string) {
  const result = readChecklist(text, path);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { path, boxes: result.boxes, body: result.body };
}

const policy = policyOf(file);
const [notes, support, dashboard] = [
  'The release notes are written',
  'Support knows ([how](https://example.com/support))',
  'The dashboard is open',
];

describe('a file of boxes', () => {
  test('has those of people and those of rules; what is only shown is none', () => {
    expect(policy.boxes).toEqual([
      { text: notes },
      { text: support },
      { text: 'Stage is verified', rule: 'earlier environment' },
      { text: dashboard },
    ]);
  });

  test('goes into the issue without those of rules, and with nothing ticked', () => {
    expect(policy.body).toContain('# Before prod');
    expect(policy.body).not.toContain('Stage is verified');
    expect(boxesOf(policy.body)).toEqual([notes, support, dashboard].map(text => ({ text, ticked: false })));
  });

  test.each([
    ['', '1 has no box (write one as `- [ ] What is done`)'],
    ['# Title\n\n- done', '1 has no box (write one as `- [ ] What is done`)'],
    ['- [ ] a\n- [] b', '2 is almost a box (write it as `- [ ] What is done`)'],
    ['- [ ] a\n-[ ] b', '2 is almost a box (write it as `- [ ] What is done`)'],
    ['- [ ] a\n> - [ ] b', '2 is almost a box (write it as `- [ ] What is done`)'],
    ['- [ ]', '1 is almost a box (write it as `- [ ] What is done`)'],
    [
      '- [ ] a <!-- rule: -->',
      '1 names no rule, or nothing else (as in `- [ ] Stage is verified <!-- rule: earlier environment -->`)',
    ],
    [
      '- [ ] <!-- rule: window -->',
      '1 names no rule, or nothing else (as in `- [ ] Stage is verified <!-- rule: earlier environment -->`)',
    ],
    [`- [ ] a\n${'b'.repeat(20_000)}`, '1 is longer than 16 KiB (link to the details)'],
  ])('%j → %s', (text, problem) => {
    const result = readChecklist(text, path);
    const problems = result.ok ? [] : result.problems;
    expect(problems.map(({ line, message, hint }) => `${line} ${message} (${hint})`)).toEqual([problem]);
  });

  test('a link at the beginning of a line is no box', () => {
    expect(readChecklist('- [ ] a\n- [x](https://example.com)\n[ ]: https://example.com', path).ok).toBe(true);
  });
});

function issue(boxes: string, change: Partial<ReleaseIssue> = {}): ReleaseIssue {
  return { number: 5, url: 'https://github.com/acme/unifocus/issues/5', open: true, boxes: boxesOf(boxes), ...change };
}

const ticked = [notes, support, dashboard].map(text => `- [x] ${text}`).join('\n');

describe('people have ticked every box of the issue', () => {
  test.each<[string, ReleaseIssue | null, string, readonly string[] | undefined]>([
    ['there is no issue yet', null, 'wait checklist-unasked', [notes, support, dashboard]],
    ['nothing is ticked', issue(policy.body), 'wait checklist-open', [notes, support, dashboard]],
    ['one is left', issue(ticked.replace('- [x] The d', '- [ ] The d')), 'wait checklist-open', [dashboard]],
    ['all are ticked', issue(ticked), 'pass checklist-ticked', undefined],
    [
      'all are ticked, in the browser’s line ends',
      issue(ticked.replaceAll('\n', '\r\n')),
      'pass checklist-ticked',
      undefined,
    ],
    ['all are ticked with a capital X', issue(ticked.replaceAll('[x]', '[X]')), 'pass checklist-ticked', undefined],
    ['somebody asks for one more', issue(`${ticked}\n* [ ] Otto agrees`), 'wait checklist-open', ['Otto agrees']],
    ['one was taken out', issue(ticked.replace(`- [x] ${notes}\n`, '')), 'fail checklist-changed', undefined],
    [
      'one says something else',
      issue(ticked.replace('are written', 'are planned')),
      'fail checklist-changed',
      undefined,
    ],
    ['one is only shown', issue(`\`\`\`\n${ticked}\n\`\`\``), 'fail checklist-changed', undefined],
    ['everything was taken out', issue(''), 'fail checklist-changed', undefined],
    ['closed with one left', issue(policy.body, { open: false }), 'fail checklist-turned-down', undefined],
    ['closed with all ticked', issue(ticked, { open: false }), 'pass checklist-ticked', undefined],
  ])('%s', (_name, found, verdict, missing) => {
    const [judged, ...others] = judgeChecklist({ policy, found });
    expect(others).toEqual([]);
    expect([`${judged?.verdict} ${judged?.reason}`, judged?.missing]).toEqual([verdict, missing]);
  });

  test('two boxes of the same words need two ticks', () => {
    const twice = policyOf('## API\n- [ ] Tested\n## Web\n- [ ] Tested');
    const judge = (boxes: string) => judgeChecklist({ policy: twice, found: issue(boxes) })[0]?.reason;
    expect(judge('- [x] Tested')).toBe('checklist-changed');
    expect(judge('- [x] Tested\n- [ ] Tested')).toBe('checklist-open');
    expect(judge('- [x] Tested\n- [x] Tested')).toBe('checklist-ticked');
  });

  test('where rules decide all of them nobody is asked', () => {
    const rules = policyOf('- [ ] Open <!-- rule: window -->');
    expect(judgeChecklist({ policy: rules, found: null })[0]?.reason).toBe('checklist-ticked');
  });

  test('a plan whose boxes nobody has read is never a pass', () => {
    expect(judgeChecklist({ policy: { ...policy, boxes: [] }, found: issue(ticked) })[0]?.verdict).toBe('error');
  });

  test('the issue says which release it is of, and that closing it turns it down', () => {
    const plan = planOf('1.4.0');
    const body = issueBody(plan, policy, run(7));
    expect(body).toContain(issueMarker(plan));
    expect(body).toContain('Started by ann in https://github.com/acme/unifocus/actions/runs/7/attempts/1.');
    expect(boxesOf(body).map(({ text }) => text)).toEqual([notes, support, dashboard]);
  });
});

describe('a box that a rule decides', () => {
  const judged: readonly RuleVerdict[] = [
    rule('window', 'pass', 'window-open', 'Open.'),
    rule('reviews', 'pass', 'reviewed', 'lena approved #7.'),
    rule('reviews', 'fail', 'not-reviewed', 'Nobody of security\nhas.'),
  ];
  const withBoxes = (text: string, operation: 'release' | 'rollback' = 'release') =>
    planOf('1.4.0', { operation }, { gates: { checklist: policyOf(text) } });

  test.each([
    ['has a verdict already', '- [ ] Open <!-- rule: window -->', 'release', []],
    [
      'of a rule that is not judged here',
      '- [ ] Open <!-- rule: windows -->',
      'release',
      ['inconclusive box-undecided'],
    ],
    ['stands in nobody’s way back', '- [ ] Open <!-- rule: windows -->', 'rollback', []],
  ] as const)('%s', (_name, text, operation, verdicts) => {
    const rules = judgeUndecided(withBoxes(text, operation), judged);
    expect(rules.map(({ verdict, reason }) => `${verdict} ${reason}`)).toEqual(verdicts);
  });

  test('says what was probably meant', () => {
    const [first] = judgeUndecided(withBoxes('- [ ] Open <!-- rule: windows -->'), judged);
    expect(first?.next).toContain('did you mean `window`?');
  });

  test('stands in the comment with what its rule has seen, of several the worst', () => {
    const boxes =
      '- [ ] Open <!-- rule: window -->\n- [ ] Reviewed <!-- rule: reviews -->\n- [ ] Gone <!-- rule: gone -->';
    expect(
      decidedComment(policyOf(boxes), judged)
        ?.split('\n')
        .filter(line => line.startsWith('- ')),
    ).toEqual([
      '- ✔ pass · **Open** (window): Open.',
      '- ✖ fail · **Reviewed** (reviews): Nobody of security has.',
      '- ? no such rule · **Gone** (gone)',
    ]);
    expect(decidedComment(policyOf('- [ ] a'), judged)).toBeUndefined();
  });
});
