import { describe, expect, test } from '@jest/globals';
import { journalGuards } from '#core/doctor/branches';
import { examineBypass } from '#core/doctor/bypass';
import { examine } from '#core/doctor/examine';
import type { BranchRule, BypassActor, DoctorFacts, Ruleset, TagRuleset } from '#core/doctor/facts';
import type { Sought } from '#core/gate/sought';
import { factsOf, known, notRead } from './fixture.ts';

const listed = (type: string, id?: number, mode = 'always'): BypassActor => ({
  type,
  mode,
  ...(id === undefined ? {} : { id }),
});
const admin = listed('RepositoryRole', 5);
const team = listed('Team', 3001);

const ofTags = (change: Partial<TagRuleset> = {}): TagRuleset => ({
  id: 7,
  name: 'release tags',
  include: ['~ALL'],
  exclude: [],
  rules: ['update', 'deletion'],
  bypass: known([]),
  ...change,
});

const ofJournals = (id: number, bypass: Ruleset['bypass'], change: Partial<Ruleset> = {}): Sought<Ruleset> =>
  known({ id, name: `journals ${id}`, bypass, ...change });

/** Those of the findings that are about who may pass by. */
const judged = (lines: string, change: Partial<DoctorFacts>) =>
  examine(factsOf(lines, change)).filter(({ about }) => about.endsWith('who may pass by it'));

describe('the bypass list of a ruleset that keeps the release tags', () => {
  test.each([
    ['is empty', [], 'ok: Nobody is on its bypass list.'],
    ['has administrators', [admin], 'ok: Only administrators may pass by it, who could change it anyway.'],
    ['has the owners of what it belongs to', [listed('OrganizationAdmin'), listed('EnterpriseOwner')], 'ok: Only adm'],
    ['is for pull requests only', [listed('Team', 3001, 'pull_request')], 'ok: Its bypass list is for pull requests'],
    [
      'is for others in pull requests only',
      [admin, listed('RepositoryRole', 4, 'pull_request')],
      'ok: Only administrators may pass by it',
    ],
    ['has a team', [team], 'wrong: On its bypass list: the team 3001, who could move or delete vX.Y.Z.'],
    ['has a team besides administrators', [admin, team], 'wrong: On its bypass list: the team 3001, who'],
    [
      'has whoever may maintain or write',
      [2, 4].map(id => listed('RepositoryRole', id)),
      'the role maintain, the role write',
    ],
    [
      'has a role of the organisation’s own',
      [listed('RepositoryRole', 8801)],
      'wrong: On its bypass list: the role 8801',
    ],
    ['has an app', [listed('Integration', 15368)], 'wrong: On its bypass list: the app 15368'],
    ['has a person', [listed('User', 1001)], 'wrong: On its bypass list: the user 1001'],
    ['has deploy keys', [listed('DeployKey')], 'wrong: On its bypass list: every deploy key'],
    [
      'lets somebody pass without a trace',
      [listed('Team', 3001, 'exempt')],
      'wrong: On its bypass list: the team 3001',
    ],
    ['lets somebody pass in a way that is new', [listed('Team', 3001, 'sometimes')], 'wrong: '],
    ['has a kind that is new', [listed('EnterpriseTeam', 5)], 'wrong: On its bypass list: EnterpriseTeam 5, who'],
  ] as const)('%s', (_, actors, expected) => {
    const findings = judged('from: vX.Y.Z', { tagRulesets: known([ofTags({ bypass: known(actors) })]) });
    expect(findings.map(({ about, is, message }) => [about, `${is}: ${message}`])).toEqual([
      ['ruleset release tags: who may pass by it', expect.stringContaining(expected)],
    ]);
  });

  test('is told by its entries, and mended by hand', () => {
    const [finding] = judged('from: vX.Y.Z', { tagRulesets: known([ofTags({ bypass: known([admin, team]) })]) });
    expect(finding).toEqual({
      about: 'ruleset release tags: who may pass by it',
      is: 'wrong',
      message: expect.anything(),
      next: 'Take them off the bypass list of the ruleset release tags.',
      evidence: { bypass: ['the role admin (always)', 'the team 3001 (always)'] },
    });
  });

  test('is unknown once for each ruleset, however many tags it keeps', () => {
    const change = { tagRulesets: known([ofTags({ bypass: notRead })]) };
    expect(judged('from: [vX.Y.Z, vX.Y.Z-rc.N]', change)).toMatchObject([
      { is: 'unknown', message: 'GitHub refused it.', next: 'Give the job `permissions: actions: read`.' },
    ]);
  });

  test.each([
    ['an organisation’s, with its owners', [listed('OrganizationAdmin')], 'who could change it anyway.'],
    ['an organisation’s, with administrators of repositories', [admin], 'Only administrators may pass by it.'],
  ])('%s', (_, actors, expected) => {
    const change = { tagRulesets: known([ofTags({ of: 'acme', bypass: known(actors) })]) };
    expect(judged('from: vX.Y.Z', change)).toMatchObject([
      {
        about: 'ruleset release tags of acme: who may pass by it',
        is: 'ok',
        message: expect.stringContaining(expected),
      },
    ]);
  });

  test.each([
    ['there are no such tags', 'from: main', [ofTags()]],
    ['it keeps other tags', 'from: vX.Y.Z', [ofTags({ include: ['refs/tags/api-*'] })]],
    ['it does not keep them', 'from: vX.Y.Z', [ofTags({ rules: ['update', 'creation'], bypass: known([team]) })]],
  ])('does not matter where %s', (_, lines, rulesets) => {
    expect(judged(lines, { tagRulesets: known(rulesets) })).toEqual([]);
  });
});

describe('several rulesets that keep the same tags', () => {
  const heads = (...rulesets: readonly TagRuleset[]) =>
    judged('from: vX.Y.Z', { tagRulesets: known(rulesets) }).map(
      ({ is, about, message }) => `${is} ${about.split(':')[0]}${is === 'wrong' ? `: ${message}` : ''}`,
    );
  const loose = ofTags({ id: 8, name: 'loose', bypass: known([team]) });

  test.each([
    ['one of them is enough', [loose, ofTags()], ['ok ruleset release tags']],
    ['also where another is not told', [ofTags({ id: 8, bypass: notRead }), ofTags()], ['ok ruleset release tags']],
    [
      'all of them have somebody on their list',
      [loose, ofTags({ bypass: known([listed('User', 1001)]) })],
      [
        'wrong ruleset loose: On its bypass list: the team 3001, who could move or delete vX.Y.Z, unless another ruleset stops them.',
        'wrong ruleset release tags: On its bypass list: the user 1001, who could move or delete vX.Y.Z, unless another ruleset stops them.',
      ],
    ],
    [
      'another may keep them, and is not told',
      [loose, ofTags({ bypass: notRead })],
      [
        'wrong ruleset loose: On its bypass list: the team 3001, who could move or delete vX.Y.Z, unless another ruleset stops them.',
        'unknown ruleset release tags',
      ],
    ],
    [
      'what the other does not keep, counts',
      [loose, ofTags({ rules: ['deletion'] })],
      ['wrong ruleset loose: On its bypass list: the team 3001, who could move vX.Y.Z.', 'ok ruleset release tags'],
    ],
    [
      'the other is for some versions only',
      [loose, ofTags({ include: ['refs/tags/v1.*'] })],
      [
        'wrong ruleset loose: On its bypass list: the team 3001, who could move or delete vX.Y.Z.',
        'ok ruleset release tags',
      ],
    ],
  ])('%s', (_, rulesets, expected) => {
    expect(heads(...rulesets)).toEqual(expected);
  });
});

describe('rulesets that keep journals', () => {
  const journal = 'release-journal/prod';
  const of = (...rules: readonly (readonly [type: string, ruleset?: number])[]) =>
    known(rules.map(([type, ruleset]): BranchRule => ({ type, ...(ruleset === undefined ? {} : { ruleset }) })));
  const both = of(['deletion', 1], ['non_fast_forward', 1]);
  const heads = (rules: ReturnType<typeof of>, journalRulesets: DoctorFacts['journalRulesets']) =>
    judged('from: main', { rules: { [journal]: rules, main: known([]) }, journalRulesets }).map(
      ({ is, about, message }) => `${is} ${about.split(':')[0]}: ${message}`,
    );

  test.each([
    ['with nobody on the list', both, { 1: ofJournals(1, known([])) }, ['ok ruleset journals 1: Nobody']],
    [
      'with a team',
      both,
      { 1: ofJournals(1, known([team])) },
      [
        'wrong ruleset journals 1: On its bypass list: the team 3001, who could delete or push back release-journal/prod.',
      ],
    ],
    [
      'one for each rule',
      of(['deletion', 1], ['non_fast_forward', 2]),
      { 1: ofJournals(1, known([team])), 2: ofJournals(2, known([admin])) },
      [
        'wrong ruleset journals 1: On its bypass list: the team 3001, who could delete release-journal/prod.',
        'ok ruleset journals 2: Only administrators',
      ],
    ],
    ['that are not told', both, { 1: ofJournals(1, notRead) }, ['unknown ruleset journals 1: GitHub refused it.']],
    ['that cannot be read at all', both, { 1: notRead }, ['unknown ruleset 1: GitHub refused it.']],
    [
      'beside classic protection, which has no list',
      of(['deletion', 1], ['deletion'], ['non_fast_forward', 1]),
      { 1: ofJournals(1, known([team])) },
      ['wrong ruleset journals 1: On its bypass list: the team 3001, who could push back release-journal/prod.'],
    ],
    ['where classic protection keeps all of it', of(['deletion'], ['non_fast_forward'], ['deletion', 1]), {}, []],
    ['where something is lacking', of(['deletion', 1]), {}, []],
    [
      'of which nothing depends',
      of(['deletion', 1], ['non_fast_forward', 1], ['update', 9]),
      { 1: ofJournals(1, known([])) },
      ['ok ruleset journals 1: '],
    ],
  ])('%s', (_, rules, rulesets, expected) => {
    expect(heads(rules, rulesets)).toEqual(expected.map(text => expect.stringContaining(text)));
  });

  test('are told once for all journals', () => {
    const rules = { [journal]: both, 'release-journal/stage': both };
    const facts = factsOf('from: main', { rules, journalRulesets: { 1: ofJournals(1, known([team])) } });
    const { prod } = facts.flow.environments;
    if (prod === undefined) throw new Error('the fixture has prod');
    const whole = { ...facts, flow: { ...facts.flow, environments: { prod, stage: prod } } };
    expect(examineBypass(whole, journalGuards(whole)).map(({ message }) => message)).toEqual([
      'On its bypass list: the team 3001, who could delete or push back release-journal/prod, release-journal/stage.',
    ]);
  });
});
