import { describe, expect, test } from '@jest/globals';
import { examineBranches, examineJournals } from '#core/doctor/branches';
import type { BranchRule } from '#core/doctor/facts';
import { examinePipelines } from '#core/doctor/pipelines';
import { factsOf, kept, known, notRead } from './fixture.ts';

const rulesOf = (...types: readonly string[]) => known(types.map((type): BranchRule => ({ type })));

describe('a journal', () => {
  const judged = (rules: ReturnType<typeof rulesOf> | typeof notRead) =>
    examineJournals(factsOf('from: main', { rules: { 'release-journal/prod': rules } })).map(
      ({ is, message }) => `${is}: ${message}`,
    );

  test.each([
    [
      'is kept',
      rulesOf('deletion', 'non_fast_forward', 'required_signatures'),
      ['ok: Rules keep release-journal/prod from being deleted or pushed back.'],
    ],
    ['can be deleted', rulesOf('non_fast_forward'), ['wrong: No rule has deletion for']],
    ['can be pushed back', rulesOf('deletion'), ['wrong: No rule has non_fast_forward for']],
    ['is not protected', rulesOf(), ['wrong: No rule has deletion and non_fast_forward for']],
    [
      'cannot be written',
      rulesOf('deletion', 'non_fast_forward', 'pull_request', 'required_status_checks'),
      ['ok: ', 'wrong: A rule has pull_request, required_status_checks for'],
    ],
    ['could not be read', notRead, ['unknown: GitHub refused it.']],
  ])('%s', (_, rules, expected) => {
    expect(judged(rules)).toEqual(expected.map(text => expect.stringContaining(text)));
  });
});

describe('the branch that releases come from', () => {
  const judged = (lines: string, main: ReturnType<typeof known<readonly BranchRule[]>> | typeof notRead) =>
    examineBranches(factsOf(lines, { rules: { main } })).map(({ is, message }) => `${is}: ${message}`);
  const two = 'from: main\nreviews: { count: 2 }';
  const checked = 'from: vX.Y.Z\nchecks: [build, lint]';

  test.each([
    ['asks for as many reviews', two, known([{ type: 'pull_request', reviews: 2 }]), ['ok: ']],
    ['asks for more', two, known([{ type: 'pull_request', reviews: 3 }]), ['ok: ']],
    ['asks for fewer', two, known([{ type: 'pull_request', reviews: 1 }]), ['wrong: A pull request into main needs 1']],
    ['takes what is pushed', two, known([]), ['wrong: No rule asks for a pull request']],
    ['could not be read', two, notRead, ['unknown: ']],
    ['asks for the checks', checked, known([{ type: 'required_status_checks', checks: ['lint', 'build'] }]), ['ok: ']],
    [
      'lacks one of the checks',
      checked,
      known([{ type: 'required_status_checks', checks: ['lint'] }]),
      ['wrong: A release needs build, and what is merged into main does not.'],
    ],
    ['has nothing to ask for', 'from: main', known([]), []],
  ])('%s', (_, lines, rules, expected) => {
    expect(judged(lines, rules)).toEqual(expected.map(text => expect.stringContaining(text)));
  });
});

describe('H1: a pipeline that starts on push', () => {
  const judged = (start: string, main: ReturnType<typeof known<readonly BranchRule[]>> | typeof notRead) =>
    examinePipelines(factsOf('from: main', { rules: { main } }, `target: codepipeline, pipeline: p${start}`)).map(
      ({ is, evidence }) => `${is} ${String(evidence.way ?? '')}`.trim(),
    );
  const pulls = { type: 'pull_request', reviews: 0 };
  const checks = { type: 'required_status_checks', checks: ['checks / flow'] };

  test.each([
    ['is held by required checks', '', known([pulls, checks]), 'ok required checks'],
    ['is started by the suite', ', start: start', known([]), 'ok the suite'],
    ['takes what is pushed past the checks', '', known([checks]), 'unknown'],
    ['takes what nothing has checked', '', known([pulls]), 'unknown'],
    ['may be held by rules that cannot be read', '', notRead, 'unknown'],
  ])('%s', (_, start, rules, expected) => {
    expect(judged(start, rules)).toEqual([expected]);
  });
});

describe('classic protection, beside rulesets', () => {
  const none = known<readonly BranchRule[]>([]);
  const deletion = rulesOf('deletion');
  const journal = 'release-journal/prod';

  test.each([
    ['holds a journal alone', none, kept, ['ok']],
    ['holds what the rulesets do not', deletion, rulesOf('non_fast_forward'), ['ok']],
    ['does not matter where the rulesets hold', kept, notRead, ['ok']],
    ['may hold what the rulesets do not', deletion, notRead, ['unknown']],
    ['holds, whatever the rulesets are', notRead, kept, ['ok']],
    ['lacks what the rulesets lack, too', deletion, deletion, ['wrong']],
    ['keeps the workflows out', kept, rulesOf('pull_request'), ['ok', 'wrong']],
  ] as const)('%s', (_, rulesets, classic, expected) => {
    const facts = factsOf('from: main', { rules: { [journal]: rulesets }, protection: { [journal]: classic } });
    expect(examineJournals(facts).map(({ is }) => is)).toEqual(expected);
  });

  test.each([
    ['binds administrators', kept, none, ''],
    ['lets them off', known(kept.value.map(rule => ({ ...rule, sparesAdministrators: true }))), none, 'lets off'],
    [
      'lets them off from one of the rules',
      known([{ type: 'deletion' }, { type: 'non_fast_forward', sparesAdministrators: true }]),
      deletion,
      'lets off administrators, and custom roles',
    ],
    ['lets them off, and rulesets do not', known([{ type: 'deletion', sparesAdministrators: true }]), kept, ''],
  ] as const)('%s', (_, classic, rulesets, said) => {
    const facts = factsOf('from: main', { rules: { [journal]: rulesets }, protection: { [journal]: classic } });
    const [finding] = examineJournals(facts);
    expect(finding).toMatchObject({ is: 'ok', message: expect.stringContaining(said) });
    expect(finding?.message.includes('lets off')).toBe(said !== '');
  });

  const pulls = known<readonly BranchRule[]>([
    { type: 'pull_request', reviews: 2 },
    { type: 'required_status_checks', checks: ['build'] },
  ]);
  test.each([
    ['asks for reviews and checks', none, pulls, ['ok', 'ok']],
    ['may ask for them', none, notRead, ['unknown', 'unknown']],
    ['need not be read where rulesets ask', pulls, notRead, ['ok', 'ok']],
  ] as const)('of a branch %s', (_, rulesets, classic, expected) => {
    const facts = factsOf('from: main\nreviews: { count: 2 }\nchecks: [build]', {
      rules: { main: rulesets },
      protection: { main: classic },
    });
    expect(examineBranches(facts).map(({ is }) => is)).toEqual(expected);
  });

  test('holds a pipeline that a push starts', () => {
    const facts = factsOf(
      'from: main',
      { rules: { main: none }, protection: { main: pulls } },
      'target: codepipeline, pipeline: p',
    );
    expect(examinePipelines(facts).map(({ is }) => is)).toEqual(['ok']);
  });
});
