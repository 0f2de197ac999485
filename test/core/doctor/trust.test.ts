import { describe, expect, test } from '@jest/globals';
import { examineAws } from '#core/doctor/aws';
import type { AwsFacts, Caller, SubjectSettings } from '#core/doctor/facts';
import { holds } from '#core/doctor/trust/condition';
import { admits, readTrust } from '#core/doctor/trust/policy';
import { factsOf, heads, known, notRead } from './fixture.ts';

const role = 'arn:aws:iam::111111111111:role/release';
const key = (claim: string) => `token.actions.githubusercontent.com:${claim}`;
const federated = { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' };
const own = 'repo:acme/shop:environment:prod';
const suite = 'org/release-actions/.github/workflows/*@refs/tags/v1';

/** As the README has it. */
const equals = { [key('aud')]: 'sts.amazonaws.com', [key('sub')]: own };
const like = { [key('job_workflow_ref')]: suite };
const statement = (Condition: object, more: object = {}) => ({
  Effect: 'Allow',
  Principal: federated,
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition,
  ...more,
});
const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const good = statement({ StringEquals: equals, StringLike: like });

const caller = (workflow: string, ref = 'v1'): Caller => ({
  file: 'x.yml',
  line: 1,
  job: 'a',
  suite: 'org/release-actions',
  workflow,
  ref,
  inputs: [],
});
const callers = [caller('release.yml'), caller('rollback.yml'), caller('checks.yml')];

function examined(text: string | null, subject: SubjectSettings = { custom: false, claims: [] }, by = callers) {
  const aws = { prod: known<AwsFacts>({ trust: known(text), named: [] }) };
  return examineAws(factsOf(`from: main\nrole: ${role}`, { aws, subject: known(subject), callers: by }));
}
const told = (...input: Parameters<typeof examined>) =>
  examined(...input).map(({ is, message }) => `${is}: ${message}`);

test('a role that lets in the jobs behind its environment alone is as it should be', () => {
  expect(examined(policy(good))).toMatchObject([{ about: `trust of ${role}`, is: 'ok', evidence: { subject: own } }]);
});

describe('the role that gates look with', () => {
  const reader = 'arn:aws:iam::111111111111:role/release-read';
  const likeAny = (sub: string, more: object = like) =>
    policy(
      statement({ StringEquals: { [key('aud')]: 'sts.amazonaws.com' }, StringLike: { ...more, [key('sub')]: sub } }),
    );
  function reading(text: string | null, environment = 'from: vX.Y.Z\nbackups: { dynamodb: notes, backup: 24h }') {
    const aws = { prod: known<AwsFacts>({ readTrust: known(text), named: [] }) };
    const facts = factsOf(`${environment}\nread-role: ${reader}`, {
      aws,
      subject: known({ custom: false, claims: [] }),
      callers,
    });
    return examineAws(facts).map(({ about, is, message }) => `${is} ${about}: ${message}`);
  }
  const place = 'in org/release-actions/.github/workflows/release.yml@v1: AWS refuses the release.';

  test.each([
    ['any ref of the repository', likeAny('repo:acme/shop:*'), []],
    [
      'only the environment: the plan job has none',
      likeAny('repo:acme/shop:environment:prod'),
      [
        `wrong trust of ${reader}: It does not let in repo:acme/shop:ref:refs/heads/main, ${place}`,
        `wrong trust of ${reader}: It does not let in repo:acme/shop:ref:refs/tags/v0.1.0, ${place}`,
      ],
    ],
    [
      'the default branch and tags: the release job looks again',
      policy(
        statement({
          StringEquals: { [key('aud')]: 'sts.amazonaws.com' },
          StringLike: {
            ...like,
            [key('sub')]: ['repo:acme/shop:ref:refs/heads/main', 'repo:acme/shop:ref:refs/tags/v*'],
          },
        }),
      ),
      [`wrong trust of ${reader}: It does not let in repo:acme/shop:environment:prod, ${place}`],
    ],
    [
      'every workflow of the repository',
      likeAny('repo:acme/shop:*', {}),
      [
        `wrong trust of ${reader}: It lets in any other workflow of acme/shop.`,
        `wrong trust of ${reader}: It lets in the workflows of org/release-actions on any branch of it.`,
      ],
    ],
    [
      'every repository of the owner',
      likeAny('repo:acme/*'),
      [`wrong trust of ${reader}: It lets in other repositories of the owner.`],
    ],
    ['nobody: it is not there', null, [`wrong trust of ${reader}: There is no role ${reader}.`]],
  ])('lets in %s', (_, text, expected) => {
    const well = `ok trust of ${reader}: Of all whom GitHub gives a token, it lets in the suite’s workflows of this repository alone.`;
    expect(reading(text)).toEqual(expected.length === 0 ? [well] : expected);
  });

  test('nothing looks there but the later environments’ gates, which this one does not have', () => {
    expect(reading(likeAny('repo:acme/shop:ref:refs/heads/main'), 'from: vX.Y.Z')[0]).toMatch(/^ok /);
  });

  test('what mends it lets in every ref, and the suite’s workflows alone', () => {
    const aws = { prod: known<AwsFacts>({ readTrust: known(likeAny('repo:acme/*')), named: [] }) };
    const subject = known<SubjectSettings>({ custom: false, claims: [] });
    const [finding] = examineAws(factsOf(`from: main\nread-role: ${reader}`, { aws, subject, callers }));
    expect(finding?.script?.join('\n')).toContain(
      `"StringEquals":{"${key('aud')}":"sts.amazonaws.com"},"StringLike":{"${key('sub')}":"repo:acme/shop:*","${key('job_workflow_ref')}":"${suite}"}`,
    );
  });
});

describe('a role lets in too many', () => {
  const changed = (change: object, likes: object = like) =>
    policy(statement({ StringEquals: { ...equals, ...change }, StringLike: likes }));
  const wild = (sub: string) =>
    policy(
      statement({ StringEquals: { [key('aud')]: 'sts.amazonaws.com' }, StringLike: { ...like, [key('sub')]: sub } }),
    );
  test.each([
    [
      'every job of the repository',
      wild('repo:acme/shop:*'),
      ['jobs without an environment', 'jobs of other environments'],
    ],
    ['every environment', wild('repo:acme/shop:environment:*'), ['jobs of other environments']],
    ['every repository of the owner', wild('repo:acme/*:environment:prod'), ['other repositories of the owner']],
    [
      'every repository',
      wild('repo:*:environment:prod'),
      ['other repositories of the owner', 'repositories of anybody'],
    ],
    [
      'every ref, where one is a pull request',
      policy(
        statement({
          StringEquals: { [key('aud')]: 'sts.amazonaws.com', [key('sub')]: [own, 'repo:acme/shop:pull_request'] },
          StringLike: like,
        }),
      ),
      ['jobs without an environment'],
    ],
    [
      'every workflow',
      changed({}, {}),
      ['any other workflow of acme/shop, past every gate', 'the workflows of org/release-actions on any branch of it'],
    ],
    [
      'the suite at any ref',
      changed({}, { [key('job_workflow_ref')]: 'org/release-actions/.github/workflows/*@*' }),
      ['the workflows of org/release-actions on any branch of it'],
    ],
    [
      'every audience',
      policy(statement({ StringEquals: { [key('sub')]: own }, StringLike: like })),
      ['tokens for any audience'],
    ],
  ])('%s', (_, text, whom) => {
    expect(told(text)).toEqual(whom.map(who => `wrong: It lets in ${who}.`));
  });
});

describe('a role does not let in', () => {
  const only = (change: object, likes: object = like) =>
    policy(statement({ StringEquals: { ...equals, ...change }, StringLike: likes }));
  const release =
    'wrong: It does not let in repo:acme/shop:environment:prod, in org/release-actions/.github/workflows/release.yml@v1: AWS refuses the release.';
  const rollback = release.replace('release.yml', 'rollback.yml');
  test.each([
    ['another environment', only({ [key('sub')]: 'repo:acme/shop:environment:production' }), [release, rollback]],
    ['another audience', only({ [key('aud')]: 'https://github.com/acme' }), [release, rollback]],
    [
      'another provider',
      policy({ ...good, Principal: { Federated: 'arn:aws:iam::111111111111:oidc-provider/gitlab.com' } }),
      [release, rollback],
    ],
    [
      'people alone',
      policy({ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' }),
      [release, rollback],
    ],
    ['the way back', only({}, { [key('job_workflow_ref')]: suite.replace('*', 'release.yml') }), [rollback]],
    ['another version', only({}, { [key('job_workflow_ref')]: suite.replace('v1', 'v2') }), [release, rollback]],
    [
      'what is denied',
      policy(good, statement({ StringEquals: { [key('environment')]: 'prod' } }, { Effect: 'Deny' })),
      [release, rollback],
    ],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test('the subject with ids, where GitHub writes them', () => {
    const ids = { custom: false, claims: [], prefix: 'repo:acme@1/shop@2' };
    expect(told(policy(good), ids)[0]).toContain('It does not let in repo:acme@1/shop@2:environment:prod');
    const both = only({ [key('sub')]: [own, 'repo:acme@1/shop@2:environment:prod'] });
    expect(heads(examined(both, ids))).toEqual([`ok trust of ${role}`]);
    const others = policy(
      statement({
        StringEquals: { [key('aud')]: 'sts.amazonaws.com' },
        StringLike: { ...like, [key('sub')]: 'repo:acme@1/*' },
      }),
    );
    expect(told(others, ids)).toContain('wrong: It lets in other repositories of the owner.');
  });
});

describe('it is unknown', () => {
  test.each([
    [
      'what a condition means that depends on the network',
      policy(statement({ StringEquals: equals, StringLike: like, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    ],
    [
      'what a claim is that nobody knows before',
      policy(statement({ StringEquals: { ...equals, [key('actor')]: 'dana' }, StringLike: like })),
    ],
    [
      'what a policy says that names whom it is not about',
      policy(
        statement({ StringEquals: equals, StringLike: like }, { Principal: undefined, NotPrincipal: { AWS: '*' } }),
      ),
    ],
    ['what is no policy', 'nonsense'],
    ['what has no statement', '{}'],
  ])('%s', (_, text) => {
    const findings = examined(text);
    expect(new Set(findings.map(({ is }) => is))).toEqual(new Set(['unknown']));
    expect(findings.every(({ next }) => next?.includes('aws iam get-role'))).toBe(true);
  });

  test('whom it lets in where the subject is written in another way, or by nobody', () => {
    expect(heads(examined(policy(good), { custom: true, claims: ['repo', 'environment'] }))).toEqual([
      `unknown trust of ${role}`,
    ]);
    expect(heads(examined(policy(good), { custom: true, claims: ['repo', 'context'] }))).toEqual([
      `ok trust of ${role}`,
    ]);
    expect(heads(examined(policy(good), undefined, []))).toEqual([`unknown trust of ${role}`]);
  });
});

test('a role that is not there is told', () => {
  expect(told(null)).toEqual([`wrong: There is no role ${role}.`]);
});

describe('what mends it', () => {
  test('is the whole policy, with what else it says, for that account only', () => {
    const people = { Sid: 'People', Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' };
    const open = statement({ StringLike: { [key('sub')]: 'repo:acme/shop:*' } });
    const [finding] = examined(policy(people, open), undefined, [...callers, caller('release.yml', 'a'.repeat(40))]);
    const [script = ''] = finding?.script ?? [];
    expect(script).toMatch(
      /^if \[ "\$\(aws sts get-caller-identity --query Account --output text\)" = 111111111111 \]; then\n/,
    );
    const [, document = ''] = /--role-name release --policy-document '(.*)'\n/.exec(script) ?? [];
    expect(JSON.parse(document)).toEqual({
      Version: '2012-10-17',
      Statement: [
        people,
        {
          Effect: 'Allow',
          Principal: federated,
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { [key('aud')]: 'sts.amazonaws.com', [key('sub')]: own },
            StringLike: {
              [key('job_workflow_ref')]: [suite, `org/release-actions/.github/workflows/*@${'a'.repeat(40)}`],
            },
          },
        },
      ],
    });
    // What it prints, the doctor itself finds right.
    expect(heads(examined(document))).toEqual([`ok trust of ${role}`]);
  });
});

describe('conditions', () => {
  test.each([
    ['StringEquals', ['a', 'b'], 'b', 'yes'],
    ['StringEquals', ['a*'], 'ab', 'no'],
    ['StringEquals', ['a'], undefined, 'no'],
    ['StringEqualsIfExists', ['a'], undefined, 'yes'],
    ['StringNotEquals', ['a'], undefined, 'yes'],
    ['StringNotEquals', ['a', 'b'], 'b', 'no'],
    ['StringNotLike', ['a*'], 'ab', 'no'],
    ['StringEqualsIgnoreCase', ['A'], 'a', 'yes'],
    ['StringLike', ['r:*/x?'], 'r:a/b/xy', 'yes'],
    ['StringLike', ['a.c'], 'abc', 'no'],
    ['ForAnyValue:StringLike', ['a*'], 'ab', 'yes'],
    ['ForAllValues:StringEquals', ['a'], undefined, 'yes'],
    ['StringLike', ['${aws:username}'], 'a', 'maybe'],
    ['ArnLike', ['a'], 'a', 'maybe'],
    ['Null', ['true'], 'a', 'maybe'],
  ] as const)('%s %j of %j: %s', (operator, values, claim, answer) => {
    expect(holds(operator, values, claim)).toBe(answer);
  });

  test('know no upper and lower case in their keys, and actions neither', () => {
    const text = policy(
      statement({ StringEquals: { 'Token.Actions.GithubUserContent.com:SUB': own } }, { Action: ['STS:Assume*'] }),
    );
    const read = readTrust(text);
    expect(read && admits(read, { sub: own })).toBe('yes');
    expect(read && admits(read, { sub: 'repo:acme/shop:environment:dev' })).toBe('no');
    expect(read && admits(read, {})).toBe('maybe');
  });
});

describe('an environment in AWS', () => {
  const found = (facts: AwsFacts | null, lines = `from: main\nrole: ${role}`, component?: string) => {
    const aws = { prod: facts === null ? notRead : known(facts) };
    return examineAws(factsOf(lines, { aws, callers }, component));
  };

  test('that nobody could look into is unknown, with the reason', () => {
    expect(found(null)).toMatchObject([
      {
        about: 'AWS of prod',
        is: 'unknown',
        message: `What its components name, and whom ${role} trusts, was not read: GitHub refused it.`,
      },
    ]);
  });

  test('of which the role may not be read is known for the rest', () => {
    const named = [{ component: 'a', parts: known([{ what: 'b in the cluster a', problems: known([]) }]) }];
    expect(heads(found({ trust: notRead, named }))).toEqual([
      `unknown trust of ${role}`,
      'ok a in prod: b in the cluster a',
    ]);
  });

  test('has what its components name, or lacks it, or keeps it to itself', () => {
    const missing = { reason: 'not-found', message: 'There is no cluster a.', evidence: { cluster: 'a' } } as const;
    const parts = known([
      { what: 'b in the cluster a', problems: known([missing]) },
      { what: 'repository d', problems: notRead },
      { what: 'stack s', problems: known([]), comes: true },
    ]);
    const findings = found(
      {
        named: [
          { component: 'a', parts },
          { component: 'c', parts: notRead },
        ],
      },
      'from: main',
    );
    expect(findings).toMatchObject([
      {
        about: 'a in prod: b in the cluster a',
        is: 'wrong',
        message: missing.message,
        next: 'Make it, or correct its name in the flow file.',
      },
      { about: 'a in prod: repository d', is: 'unknown' },
      { about: 'a in prod: stack s', is: 'ok', message: 'It is not there yet: the first release makes it.' },
      { about: 'c in prod', is: 'unknown' },
    ]);
  });

  test('is none where tools alone are run, without a role', () => {
    expect(found(null, 'from: main', 'target: command, tool: script, deploy: [make]')).toEqual([]);
  });
});
