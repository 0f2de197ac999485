import { describe, expect, test } from '@jest/globals';
import { judgeCodeOwners } from '#core/gate/code-owners';
import { ownersOf } from '#core/gate/codeowners';
import type { ReviewedPull } from '#core/gate/lookups';
import { judgeReviews } from '#core/gate/reviews';

const file = '.github/CODEOWNERS';

function owners(text: string, path: string): string {
  return ownersOf(file, text, [path]).groups[0]?.owners.join(' ') ?? 'nobody';
}

/** The example of docs.github.com, “About code owners”, in its own order. */
const documented = `# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/*  docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/github
`;

describe('the last line that matches decides, as GitHub documents it', () => {
  test.each([
    ['README.md', 'global-owner1 global-owner2'],
    ['src/index.js', 'js-owner'],
    ['main.go', 'docs@example.com'],
    ['notes/a.txt', '@octo-org/octocats'],
    ['build/logs/today', 'octocat'],
    ['src/build/logs.md', 'global-owner1 global-owner2'],
    ['src/docs/getting-started.md', 'global-owner1 global-owner2'],
    ['docs/build-app/troubleshooting.md', 'doctocat'],
    ['src/apps/a.js', 'octocat'],
    ['scripts/deploy/a.sh', 'doctocat octocat'],
    ['deeply/nested/logs/a', 'octocat'],
    ['apps/github/a.js', 'nobody'],
    ['apps/githubber', 'octocat'],
  ])('%s: %s', (path, wanted) => {
    expect(owners(documented, path)).toBe(wanted);
  });

  test.each([
    ['docs/* @a', 'docs/getting-started.md', 'a'],
    ['docs/* @a', 'docs/build-app/troubleshooting.md', 'nobody'],
    ['docs/* @a', 'src/docs/a.md', 'nobody'],
    ['/* @a', 'README.md', 'a'],
    ['/* @a', 'src/a.ts', 'nobody'],
    ['* @a', 'src/deep/a.ts', 'a'],
    ['src @a', 'lib/src/a.ts', 'a'],
    ['src @a', 'lib/src', 'a'],
    ['src @a', 'lib/srcs', 'nobody'],
    ['/src @a', 'lib/src/a.ts', 'nobody'],
    ['src/ @a', 'src', 'nobody'],
    ['src/**/test/ @a', 'src/test/a.ts', 'a'],
    ['src/**/test/ @a', 'src/x/y/test/a.ts', 'a'],
    ['src/** @a', 'src/x/y.ts', 'a'],
    ['/api/?.ts @a', 'api/x.ts', 'a'],
    ['/api/?.ts @a', 'api/xy.ts', 'nobody'],
    ['a+b(c).ts @a', 'x/a+b(c).ts', 'a'],
    ['my\\ file.md @a', 'my file.md', 'a'],
    ['*.TS @a', 'x.ts', 'nobody'],
    ['* @a\n!*.md @b', 'x.md', 'a'],
    ['* @a\n*.[ch] @b', 'x.c', 'a'],
    ['* @a\n*.md nobody', 'x.md', 'a'],
    ['* @a\n*.md', 'x.md', 'nobody'],
    ['* @a\r\n*.md @b\r\n', 'x.md', 'b'],
  ])('%j owns %s: %s', (text, path, wanted) => {
    expect(owners(text, path)).toBe(wanted);
  });

  test('files of the same owners are counted together', () => {
    const paths = ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'x.md'];
    expect(ownersOf(file, '*.ts @a @b', paths)).toEqual({
      file,
      groups: [{ owners: ['a', 'b'], files: 4, some: ['a.ts', 'b.ts', 'c.ts'] }],
    });
  });

  test('a long pattern does not take for ever', () => {
    const pattern = `${'*a'.repeat(20)}/${'**/'.repeat(20)}b`;
    const begin = performance.now();
    owners(`${pattern} @a`, `${'a'.repeat(200)}/${'x/'.repeat(60)}c`);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

const pull: ReviewedPull = {
  number: 12,
  title: 'Teams',
  url: 'https://github.com/acme/unifocus/pull/12',
  authors: ['ann'],
  head: 'head',
  reviews: [],
};

function judged(text: string | null, approvedBy: readonly string[]) {
  const paths = ['api/x.ts', 'web/y.ts', 'README.md'];
  return judgeCodeOwners({ ...pull, codeOwners: text === null ? null : ownersOf(file, text, paths) }, approvedBy);
}

describe('each file that has owners is approved by one of them', () => {
  test.each<[string, string | null, readonly string[], string]>([
    ['one owner of each has', '/api/ @cid @dan\n/web/ @eve', ['Dan', 'eve'], 'pass owners-approved'],
    ['one person owns both', '/api/ @cid\n/web/ @cid', ['cid'], 'pass owners-approved'],
    ['no file has owners', '/infra/ @cid', [], 'pass owners-approved'],
    ['only one of both has', '/api/ @cid\n/web/ @eve', ['cid'], 'fail owner-missing'],
    ['somebody else has', '/api/ @cid', ['eve'], 'fail owner-missing'],
    ['its owners wrote it', '/api/ @ann', ['cid'], 'fail reviews-impossible'],
    ['one of its owners wrote it', '/api/ @ann @cid', ['eve'], 'fail owner-missing'],
    ['a team: perhaps it was one of them', '/api/ @acme/api', ['eve'], 'inconclusive reviewers-unreadable'],
    ['an address: perhaps it is theirs', '/api/ eve@example.com', ['eve'], 'inconclusive reviewers-unreadable'],
    ['a team: nobody approved at all', '/api/ @acme/api', [], 'fail owner-missing'],
    ['a team, and one of the people beside it', '/api/ @acme/api @cid', ['cid'], 'pass owners-approved'],
    ['a team of one, and nobody of the other', '/api/ @acme/api\n/web/ @cid', ['eve'], 'fail owner-missing'],
    ['there is no file', null, ['cid'], 'fail no-code-owners'],
  ])('%s', (_name, text, approvedBy, wanted) => {
    const { verdict, reason } = judged(text, approvedBy);
    expect(`${verdict} ${reason}`).toBe(wanted);
  });

  test('nobody looked: never a pass', () => {
    expect(judgeCodeOwners(pull, ['cid']).verdict).toBe('error');
  });

  test('it says which files, and who may', () => {
    const { message } = judged('/api/ @ann @cid\n/web/ @eve @acme/web', []);
    expect(message).toBe('No owner has approved api/x.ts (cid), web/y.ts (eve or @acme/web) of #12.');
  });
});

test('only approvals of what was merged count, and nobody’s own', () => {
  const review = { state: 'approved', commit: 'head', belongs: false } as const;
  const reviews = [
    { ...review, login: 'cid', commit: 'before' },
    { ...review, login: 'ann' },
    { ...review, login: 'lena', belongs: true },
  ];
  const codeOwners = ownersOf(file, '* @cid @ann', ['a.ts']);
  const judge = (change: Partial<ReviewedPull>) =>
    judgeReviews({
      policy: [{ count: 1, roles: [], by: [], codeOwners: true }],
      found: { ...pull, reviews, codeOwners, ...change },
    }).map(({ rule, reason }) => `${rule}: ${reason}`);
  expect(judge({})).toEqual(['reviews: reviewed', 'code owners: owner-missing']);
  expect(judge({ reviews: [...reviews, { ...review, login: 'cid' }] })).toEqual([
    'reviews: reviewed',
    'code owners: owners-approved',
  ]);
});
