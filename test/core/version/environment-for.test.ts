import { describe, expect, test } from '@jest/globals';
import { environmentFor } from '#core/version/environment-for';
import { flowOf, UNIFOCUS } from '../flow/fixture.ts';

const unifocus = flowOf(UNIFOCUS);

describe('where refs of Unifocus lead', () => {
  test.each([
    ['refs/heads/main', 'dev', undefined],
    ['refs/tags/v1.2.3-stage', 'stage', '1.2.3-stage'],
    ['refs/tags/v1.2.3', 'prod', '1.2.3'],
  ])('%s → %s', (ref, environment, version) => {
    const destination = environmentFor(unifocus, ref);
    expect(destination).toMatchObject({ ok: true, environment });
    if (destination.ok) expect(destination.tag?.version).toBe(version);
  });

  test.each([
    ['refs/heads/feature/x', 'branch-without-environment', 'the branch `feature/x` leads to no environment'],
    ['refs/heads/v1.2.3', 'branch-without-environment', 'the branch `v1.2.3` leads to no environment'],
    ['refs/tags/main', 'not-a-version', '`main` is not a version'],
    [
      'refs/tags/v1.2.3-rc.1',
      'prerelease-without-environment',
      '`v1.2.3-rc.1` is a release candidate of 1.2.3, and no environment takes those',
    ],
    [
      'refs/tags/v2.0.0-beta.1',
      'prerelease-without-environment',
      '`v2.0.0-beta.1` is a prerelease (beta.1) of 2.0.0, and no environment takes those',
    ],
    [
      'refs/tags/api-v1.2.3',
      'tag-without-environment',
      '`api-v1.2.3` is the final release 1.2.3 of `api`, and no environment takes those',
    ],
    ['refs/tags/v1.2.3-rc1', 'glued-number', '`rc1` would be ordered as a word: rc10 comes before rc9'],
    ['refs/tags/V1.2.3', 'capital-v', 'the V is a small v'],
    ['refs/pull/5/merge', 'not-a-ref', '`refs/pull/5/merge` is neither a branch nor a tag'],
    ['main', 'not-a-ref', '`main` is neither a branch nor a tag'],
    ['', 'not-a-ref', '`` is neither a branch nor a tag'],
  ])('%s leads nowhere: %s', (ref, reason, message) => {
    expect(environmentFor(unifocus, ref)).toMatchObject({ ok: false, reason, message });
  });

  test('a tag with a small mistake is told what was probably meant', () => {
    expect(environmentFor(unifocus, 'refs/tags/v1.2')).toEqual({
      ok: false,
      reason: 'missing-part',
      message: 'the patch number is missing',
      offset: 4,
      hint: 'did you mean `v1.2.0`?',
    });
  });

  test('a tag that leads nowhere is told what would', () => {
    expect(environmentFor(unifocus, 'refs/tags/v1.2.3-rc.1')).toMatchObject({
      hint: 'vX.Y.Z-stage → stage, vX.Y.Z → prod',
    });
  });
});

describe('a branch that is promoted from one environment to the next', () => {
  const promoted = flowOf(
    `version: 1
service: notes
region: us-east-1
components: { api: { target: ecs, cluster: main, service: api, container: api, image: 'api:1' } }
environments:
  dev: { from: main }
  prod: { from: main, after: dev }
`,
  );

  test.each([
    [undefined, 'dev'],
    ['dev', 'dev'],
    ['prod', 'prod'],
  ])('wanted %s → %s', (wanted, environment) => {
    expect(environmentFor(promoted, 'refs/heads/main', wanted)).toMatchObject({ ok: true, environment });
  });
});
