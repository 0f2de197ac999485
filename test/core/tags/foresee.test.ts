import { describe, expect, test } from '@jest/globals';
import { parseFlow } from '#core/flow/parse';
import { foresee } from '#core/tags/foresee';
import { nextTag } from '#core/tags/next-tag';
import { parseRefPattern, type TagPattern } from '#core/version/pattern';

function patternOf(text: string): TagPattern {
  const result = parseRefPattern(text);
  if (!result.ok || result.value.kind !== 'tag') throw new Error(`${text} is no pattern of tags`);
  return result.value;
}

describe('the next tag', () => {
  test.each([
    ['vX.Y.Z', [], 'v0.1.0'],
    ['vX.Y.Z', ['v1.2.3', 'v1.2.10', 'v0.9.0'], 'v1.2.11'],
    ['vX.Y.Z', ['v1.2.3', 'v1.3.0-stage'], 'v1.3.0'],
    ['vX.Y.Z', ['v1.2.3', 'v1.3.0-rc.1', 'v1.3.0-rc.2'], 'v1.3.0'],
    ['vX.Y.Z-stage', ['v1.2.3', 'v1.2.3-stage'], 'v1.2.4-stage'],
    ['vX.Y.Z-stage', ['v1.2.3', 'v1.3.0-stage'], 'v1.3.1-stage'],
    ['vX.Y.Z-stage', ['v1.2.3', 'v1.3.0-rc.1'], 'v1.3.0-stage'],
    ['vX.Y.Z-rc.N', ['v1.2.3'], 'v1.2.4-rc.1'],
    ['vX.Y.Z-rc.N', ['v1.2.3', 'v1.3.0-rc.1', 'v1.3.0-rc.9', 'v1.3.0-rc.10'], 'v1.3.0-rc.11'],
    ['vX.Y.Z-rc.N', ['v1.3.0', 'v1.3.0-rc.1'], 'v1.3.1-rc.1'],
    ['api-vX.Y.Z', ['v9.0.0', 'api-v1.0.0', 'web-v3.0.0'], 'api-v1.0.1'],
    ['vX.Y.Z', ['nightly', 'v1.2', 'v01.2.3', 'v1.0.0'], 'v1.0.1'],
  ])('by %s after %j is %s', (pattern, names, expected) => {
    expect(nextTag(patternOf(pattern), names).tag).toBe(expected);
  });

  test('is that of the version which the commit declares', () => {
    expect(nextTag(patternOf('vX.Y.Z'), ['v1.2.3'], '2.0.0').tag).toBe('v2.0.0');
    expect(nextTag(patternOf('vX.Y.Z-rc.N'), ['v2.0.0-rc.4'], '2.0.0').tag).toBe('v2.0.0-rc.5');
  });
});

describe('what it would be judged as', () => {
  function foreseen(lines: string, change: Partial<Parameters<typeof foresee>[0]> = {}) {
    const result = parseFlow(
      `version: 1\nservice: s\ncomponents: { a: { target: ecs, cluster: a, service: b, container: c, repository: d } }\nenvironments: { prod: ${lines} }\n`,
      { file: 'f' },
    );
    if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
    const environment = result.flow.environments.prod;
    if (environment === undefined) throw new Error('there is no prod');
    return foresee({
      pattern: patternOf('vX.Y.Z'),
      environment,
      base: 'main',
      sha: 'a'.repeat(40),
      names: ['v1.2.3'],
      files: [],
      enforce: true,
      ...change,
    });
  }
  const rules = (...input: Parameters<typeof foreseen>) =>
    foreseen(...input).rules.map(({ rule, verdict, reason }) => `${verdict} ${rule} (${reason})`);
  const version = (text: string | undefined, path = 'package.json') => ({ path, text });

  test('passes where nothing of the commit is against it, and names what only the tag can answer', () => {
    const lines = '{ from: vX.Y.Z, tags: { annotated: require, signed: require }, checks: [build] }';
    expect(foreseen(lines)).toMatchObject({ environment: 'prod', tag: 'v1.2.4' });
    expect(rules(lines)).toEqual(['pass version order (version-greater)', 'pass branch (on-branch)']);
    expect(foreseen(lines).later).toEqual(['tag unmoved', 'annotated tag', 'signature', 'check build']);
  });

  test.each([
    [
      'says the next one',
      [version('{ "version": "1.3.0" }')],
      [
        'pass version order (version-greater)',
        'pass branch (on-branch)',
        'pass version in package.json (package-version-same)',
      ],
    ],
    [
      'says one that is released',
      [version('{ "version": "1.2.3" }')],
      [
        'fail version order (version-not-greater)',
        'pass branch (on-branch)',
        'pass version in package.json (package-version-same)',
      ],
    ],
    [
      'says one that is older',
      [version('{ "version": "1.1.0" }')],
      [
        'fail version order (version-not-greater)',
        'pass branch (on-branch)',
        'pass version in package.json (package-version-same)',
      ],
    ],
    [
      'is not there',
      [version(undefined)],
      [
        'pass version order (version-greater)',
        'pass branch (on-branch)',
        'fail version in package.json (package-version-missing)',
      ],
    ],
    [
      'says another one than the next file',
      [version('{ "version": "1.3.0" }'), version('1.4.0', 'VERSION')],
      [
        'pass version order (version-greater)',
        'pass branch (on-branch)',
        'pass version in package.json (package-version-same)',
        'fail version in VERSION (package-version-differs)',
      ],
    ],
  ])('where the file %s', (_, files, expected) => {
    expect(rules('{ from: vX.Y.Z }', { files })).toEqual(expected);
  });

  test('from what a hotfix was cut is seen when it is tagged', () => {
    const hotfix = foreseen('{ from: vX.Y.Z, tags: { hotfix: hotfix/* } }', { base: 'hotfix/1' });
    expect(hotfix.rules.map(({ rule }) => rule)).toEqual(['version order']);
    expect(hotfix.later).toEqual(['tag unmoved', 'branch']);
  });

  test('stops nothing in a flow that only advises', () => {
    const [order] = foreseen('{ from: vX.Y.Z }', { enforce: false, files: [version('{ "version": "1.2.3" }')] }).rules;
    expect(order).toMatchObject({ verdict: 'pass', reason: 'not-enforced' });
  });
});
