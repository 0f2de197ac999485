import { expect, test } from '@jest/globals';
import type { GitHub } from '#github/client';
import { readRuleset } from '#github/rulesets';

const ofOrganisation = {
  id: 7,
  name: 'release tags',
  source_type: 'Organization',
  source: 'acme',
  enforcement: 'active',
};

/** GitHub, which knows one ruleset. */
function withRuleset(answer: object): GitHub {
  const refuse = () => Promise.reject(new Error('nothing else is asked'));
  return {
    owner: 'acme',
    name: 'shop',
    repository: 'acme/shop',
    request: <T>() => Promise.resolve(answer as T),
    paginate: refuse,
    graphql: refuse,
  };
}

// The lab has no organisations with rulesets of their own.
test('a ruleset of an organisation says whose it is, and who could tell its bypass list', async () => {
  expect(await readRuleset(withRuleset(ofOrganisation), 7)).toMatchObject({
    id: 7,
    of: 'acme',
    bypass: { known: false, finding: { next: expect.stringContaining('somebody who administrates acme (') } },
  });
});

test('whoever is on the list may always pass by it, unless GitHub says otherwise', async () => {
  const bypass_actors = [
    { actor_type: 'DeployKey', actor_id: null },
    { actor_type: 'Team', actor_id: 9, bypass_mode: 'exempt' },
  ];
  expect((await readRuleset(withRuleset({ ...ofOrganisation, bypass_actors }), 7)).bypass).toEqual({
    known: true,
    value: [
      { type: 'DeployKey', mode: 'always' },
      { type: 'Team', id: 9, mode: 'exempt' },
    ],
  });
});
