import { describe, expect, test } from '@jest/globals';
import { environmentFor } from '#core/version/environment-for';
import { parseRefPattern } from '#core/version/pattern';
import { publishedRule } from '../../actions/validate-tag/published-rule.ts';

const takes = (...patterns: readonly string[]) => ({
  from: patterns.flatMap(text => {
    const pattern = parseRefPattern(text);
    return pattern.ok ? [pattern.value] : [];
  }),
});
const flow = { environments: { dev: takes('main'), stage: takes('vX.Y.Z-rc.N'), prod: takes('vX.Y.Z') } };

interface Published {
  readonly action?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
}

function said(tag: string, { action = 'released', draft = false, prerelease = false }: Published, ref = tag) {
  const destination = environmentFor(flow, `refs/tags/${ref}`);
  if (!destination.ok) throw new Error(destination.message);
  const event = { action, release: { tag_name: tag, draft, prerelease } };
  const [verdict] = publishedRule({ eventName: 'release', event }, `refs/tags/${ref}`, destination);
  return verdict === undefined ? undefined : [verdict.verdict, verdict.reason, verdict.message];
}

describe('a release that is published on GitHub', () => {
  test.each<[string, Published]>([
    ['v1.3.0', {}],
    ['v1.3.0', { action: 'published' }],
    ['v1.3.0-rc.1', { action: 'published', prerelease: true }],
    ['v1.3.0-rc.1', { action: 'prereleased', prerelease: true }],
    ['v1.3.0-rc.1', {}],
  ])('%s, %j, goes on to be judged', (tag, published) => {
    expect(said(tag, published)).toEqual(['pass', 'tag-valid', `${tag} is published.`]);
  });

  test.each<[string, Published, string, string]>([
    [
      'v1.3.0',
      { prerelease: true },
      'prerelease-not-deployed',
      'v1.3.0 is published as a prerelease, and prod takes final releases.',
    ],
    [
      'v1.3.0',
      { action: 'created', draft: true },
      'release-not-published',
      'v1.3.0 is not published: the event is “created” of a draft.',
    ],
    [
      'v1.3.0',
      { action: 'unpublished', draft: true },
      'release-not-published',
      'v1.3.0 is not published: the event is “unpublished” of a draft.',
    ],
    ['v1.3.0', { action: 'deleted' }, 'release-not-published', 'v1.3.0 is not published: the event is “deleted”.'],
    ['v1.3.0', { action: 'edited' }, 'release-not-published', 'v1.3.0 is not published: the event is “edited”.'],
  ])('%s, %j, does not', (tag, published, reason, message) => {
    expect(said(tag, published)).toEqual(['fail', reason, message]);
  });

  test('says nothing of another tag that is asked for, nor of another event', () => {
    expect(said('v1.3.0', { prerelease: true }, 'v1.2.0')).toBeUndefined();
    const destination = environmentFor(flow, 'refs/heads/main');
    if (!destination.ok) throw new Error(destination.message);
    expect(publishedRule({ eventName: 'push', event: {} }, 'refs/heads/main', destination)).toEqual([]);
  });

  test('is not taken for a final one where GitHub says nothing of it', () => {
    const destination = environmentFor(flow, 'refs/tags/v1.3.0');
    if (!destination.ok) throw new Error(destination.message);
    const event = { action: 'released', release: { tag_name: 'v1.3.0' } };
    const [verdict] = publishedRule({ eventName: 'release', event }, 'refs/tags/v1.3.0', destination);
    expect(verdict?.verdict).toBe('fail');
  });
});
