import { describe, expect, test } from '@jest/globals';
import type { TagRuleset } from '#core/doctor/facts';
import { examineMadeTags, examineTags } from '#core/doctor/tags';
import { factsOf, known, notRead } from './fixture.ts';

const ruleset = (include: string, rules: readonly string[] = ['update', 'deletion'], exclude: readonly string[] = []) =>
  ({ id: 1, name: include, include: [include], exclude, rules, bypass: known([]) }) satisfies TagRuleset;

describe('the tags that lead to an environment', () => {
  const examined = (from: string, ...rulesets: readonly TagRuleset[]) =>
    examineTags(factsOf(`from: ${from}`, { tagRulesets: known(rulesets) }));

  test.each([
    ['stay, by a ruleset for all tags', 'vX.Y.Z', [ruleset('~ALL')], 'ok: Rulesets keep them'],
    ['stay, by their pattern', 'vX.Y.Z', [ruleset('refs/tags/v*.*.*')], 'ok: Rulesets keep them'],
    [
      'stay, by one ruleset for each rule',
      'vX.Y.Z',
      [ruleset('~ALL', ['update']), ruleset('refs/tags/v*', ['deletion'])],
      'ok: ',
    ],
    ['of a channel stay', 'vX.Y.Z-rc.N', [ruleset('refs/tags/v*-rc.*')], 'ok: '],
    ['of a component stay', 'api-vX.Y.Z', [ruleset('refs/tags/api-*')], 'ok: '],
    ['can be moved', 'vX.Y.Z', [ruleset('~ALL', ['deletion'])], 'wrong: No ruleset has update for'],
    [
      'can be moved forward',
      'vX.Y.Z',
      [ruleset('~ALL', ['deletion', 'non_fast_forward'])],
      'wrong: No ruleset has update for',
    ],
    ['can be deleted and made again', 'vX.Y.Z', [ruleset('~ALL', ['update'])], 'wrong: No ruleset has deletion for'],
    ['are not protected', 'vX.Y.Z', [], 'wrong: No ruleset has update and deletion for'],
    ['stay for one major version only', 'vX.Y.Z', [ruleset('refs/tags/v1.*')], 'wrong: '],
    ['are left out of the ruleset', 'vX.Y.Z-stage', [ruleset('~ALL', undefined, ['refs/tags/*-stage'])], 'wrong: '],
    ['are others than the ruleset means', 'api-vX.Y.Z', [ruleset('refs/tags/v*')], 'wrong: '],
  ] as const)('%s', (_, from, rulesets, expected) => {
    const findings = examined(from, ...rulesets).map(({ about, is, message }) => [about, `${is}: ${message}`]);
    expect(findings).toEqual([[`tags ${from}`, expect.stringContaining(expected)]]);
  });

  test('may be unknown, and are never taken for fine', () => {
    const findings = examineTags(factsOf('from: [vX.Y.Z, vX.Y.Z-rc.N]', { tagRulesets: notRead }));
    expect(findings).toMatchObject([
      { about: 'tags vX.Y.Z', is: 'unknown', message: 'GitHub refused it.' },
      { about: 'tags vX.Y.Z-rc.N', is: 'unknown' },
    ]);
  });

  test('are none where branches lead there', () => {
    expect(examined('main')).toEqual([]);
  });

  test('are mended together, those that are protected aside', () => {
    const findings = examined('[vX.Y.Z, vX.Y.Z-rc.N, api-vX.Y.Z]', ruleset('refs/tags/v*-rc.*'));
    const script = [
      `gh api --method POST repos/acme/shop/rulesets --input - <<'JSON'\n${JSON.stringify({
        name: 'release tags',
        target: 'tag',
        enforcement: 'active',
        conditions: { ref_name: { include: ['refs/tags/v*.*.*', 'refs/tags/api-v*.*.*'], exclude: [] } },
        rules: [{ type: 'update' }, { type: 'deletion' }],
      })}\nJSON`,
    ];
    expect(findings.map(finding => finding.script)).toEqual([script, undefined, script]);
  });
});

describe('the tags that are made of releases', () => {
  const flow = 'from: main\npublish: { tag: api-vX.Y.Z }';
  const made = (...rulesets: readonly TagRuleset[]) =>
    examineMadeTags(factsOf(flow, { tagRulesets: known(rulesets) })).map(({ is, message }) => `${is}: ${message}`);

  test('stay where they are, too', () => {
    expect(examineTags(factsOf(flow, { tagRulesets: known([]) }))).toMatchObject([
      { about: 'tags api-vX.Y.Z', is: 'wrong' },
    ]);
  });

  test.each([
    ['nothing is in the way', [ruleset('~ALL')], []],
    [
      'nobody may make them',
      [ruleset('~ALL', ['update', 'creation'])],
      ['wrong: A ruleset has creation (~ALL) for them, so that no verified release could get its tag.'],
    ],
    [
      'nor without a signature; some versions are enough',
      [ruleset('refs/tags/api-v1.*', ['required_signatures'])],
      [
        'wrong: A ruleset has required_signatures (refs/tags/api-v1.*) for them, so that no verified release could get its tag.',
      ],
    ],
    ['it is about others', [ruleset('refs/tags/v*', ['creation'])], []],
  ])('%s', (_, rulesets, expected) => {
    expect(made(...rulesets)).toEqual(expected);
  });
});
