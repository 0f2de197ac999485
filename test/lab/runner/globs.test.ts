import { describe, expect, test } from '@jest/globals';
import { globToRegExp, matchesAny } from '#lab/runner/triggers/globs';

// The rows of GitHub's "Filter pattern cheat sheet" (docs: Workflow syntax), and what they must not match.
const patterns: readonly [string, readonly string[], readonly string[]][] = [
  ['feature/*', ['feature/my-branch', 'feature/your-branch'], ['feature/a/b', 'feature', 'a/feature/b']],
  ['feature/**', ['feature/beta-a/my-branch', 'feature/your-branch', 'feature/mona/the/octocat'], ['feature']],
  ['main', ['main'], ['mains', 'a/main', 'MAIN']],
  ['releases/mona-the-octocat', ['releases/mona-the-octocat'], ['releases/mona']],
  ['*', ['main', 'releases'], ['all/the/branches']],
  ['a**', ['a', 'all/the/branches', 'a\nb'], ['b']],
  ['*feature', ['mona-feature', 'feature', 'ver-10-feature'], ['feature-1', 'a/feature']],
  ['v2*', ['v2', 'v2.0', 'v2.9'], ['v1', 'v2/a']],
  ['v[12].[0-9]+.[0-9]+', ['v1.10.1', 'v2.0.0'], ['v3.0.0', 'v1.10.1-stage', 'v1x10x1', 'v1..1']],
  ['v[0-9]+.[0-9]+.[0-9]+', ['v1.2.3'], ['v1.2.3-stage', 'v1.2.3-rc.1', 'xv1.2.3']],
  ['v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+', ['v1.2.3-rc.12'], ['v1.2.3', 'v1.2.3-rc.']],
  ['*.jsx?', ['page.js', 'page.jsx'], ['page.jsxx', 'a/page.js']],
  ['**.js', ['index.js', 'js/index.js', 'src/js/app.js'], ['index.jsx']],
  ['docs/*', ['docs/README.md', 'docs/file.txt'], ['docs/a/b.md']],
  ['docs/**', ['docs/README.md', 'docs/mona/octocat.txt'], ['a/docs/b']],
  ['docs/**/*.md', ['docs/README.md', 'docs/mona/hello-world.md', 'docs/a/markdown/file.md'], ['docs/a.txt']],
  ['**/docs/**', ['docs/hello.md', 'dir/docs/my-file.txt', 'space/docs/plan/space.doc'], ['mydocs/a']],
  ['**/README.md', ['README.md', 'js/README.md'], ['READMExmd', 'XREADME.md']],
  ['**/*src/**', ['a/src/app.js', 'my-src/code/js/app.js'], ['srcs/a']],
  ['**/*-post.md', ['my-post.md', 'path/their-post.md'], ['post.md']],
  ['**/migrate-*.sql', ['migrate-10909.sql', 'db/migrate-v1.0.sql', 'db/sept/migrate-v1.sql'], ['migrate.sql']],
  ['a\\+b', ['a+b'], ['aab', 'ab']],
  ['a\\*', ['a*'], ['ab']],
];

describe.each(patterns)('%s', (pattern, matching, others) => {
  test.each(matching.map(name => [name]))('matches %j', name => expect(globToRegExp(pattern).test(name)).toBe(true));
  test.each(others.map(name => [name]))('does not match %j', name =>
    expect(globToRegExp(pattern).test(name)).toBe(false),
  );
});

test.each(['+a', '*?', 'a[', 'a[^b]', 'a\\', 'a[]'])('%j is no pattern', pattern => {
  expect(() => globToRegExp(pattern)).toThrow(`Invalid filter pattern '${pattern}'`);
});

test.each<[string, readonly string[], string, boolean]>([
  ['a later ! takes away', ['*.md', '!README.md'], 'README.md', false],
  ['only what it matches', ['*.md', '!README.md'], 'hello.md', true],
  ['a later pattern gives back', ['*.md', '!README.md', 'README*'], 'README.md', true],
  ['! alone gives nothing', ['!main'], 'feature', false],
  ['in another order nothing is taken away', ['!releases/**-alpha', 'releases/**'], 'releases/beta/3-alpha', true],
  ['the documented order', ['releases/**', '!releases/**-alpha'], 'releases/10-alpha', false],
])('%s', (_, list, name, expected) => {
  expect(matchesAny(list, name)).toBe(expected);
});
