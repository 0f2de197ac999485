import { describe, expect, test } from '@jest/globals';
import { forecastText } from '#core/publish/forecast';
import { finalTags, headsOfLines, isLatest, nextTag, type Place, tagBefore } from '#core/publish/next-tag';
import { parseTag, type ReleaseTag } from '#core/version/tag';

function tag(name: string): ReleaseTag {
  const result = parseTag(name);
  if (!result.ok) throw new Error(`${name}: ${result.mistake.message}`);
  return result.tag;
}

const names = (tags: readonly ReleaseTag[]) => tags.map(each => each.tag);
const words = (...messages: readonly string[]) => messages.map(message => ({ message, labels: [] }));

describe('the tags that count for the next version', () => {
  const all = ['v1.2.3', 'v1.3.0-rc.1', 'v1.3.0-stage', 'api-v9.0.0', 'v01.2.3', 'nightly', 'v1.3.0'];

  test.each([
    ['', ['v1.2.3', 'v1.3.0']],
    ['api-', ['api-v9.0.0']],
    ['web-', []],
  ])('final ones with the prefix “%s”', (prefix, wanted) => {
    expect(names(finalTags(prefix, all))).toEqual(wanted);
  });

  test('of each line the highest, the highest line first, by number and not by letter', () => {
    const tags = ['v1.2.9', 'v1.10.0', 'v1.2.10', 'v2.0.1', 'v1.9.7', 'v2.0.0'].map(tag);
    expect(names(headsOfLines(tags))).toEqual(['v2.0.1', 'v1.10.0', 'v1.9.7', 'v1.2.10']);
  });
});

describe('the tag of a commit', () => {
  const last = tag('v1.3.0');

  test.each<[string, Place, readonly string[], string]>([
    ['the first of all', { kind: 'first' }, [], 'next v0.1.0'],
    ['that has one', { kind: 'tagged', tag: last }, ['v1.3.0'], 'tagged v1.3.0'],
    ['that is part of one', { kind: 'covered', by: last }, ['v1.3.0'], 'covered v1.3.0'],
    ['with a fix', { kind: 'after', last, changes: words('fix: a') }, ['v1.3.0'], 'next v1.3.1'],
    ['with a feature', { kind: 'after', last, changes: words('feat: a') }, ['v1.3.0'], 'next v1.4.0'],
    ['that breaks something', { kind: 'after', last, changes: words('feat!: a') }, ['v1.3.0'], 'next v2.0.0'],
    ['on an older line', { kind: 'after', last, changes: words('fix: a') }, ['v1.3.0', 'v1.4.0'], 'next v1.3.1'],
    [
      'whose version another line has',
      { kind: 'after', last, changes: words('feat: a') },
      ['v1.3.0', 'v1.4.0'],
      'version-taken: After v1.3.0 comes v1.4.0, which is there already and not before this commit.',
    ],
    [
      'that comes after none',
      { kind: 'apart', looked: ['v1.3.0', 'v1.2.0'] },
      ['v1.3.0', 'v1.2.0'],
      'version-unclear: The commit comes after none of v1.3.0, v1.2.0, so its version does not follow from them.',
    ],
  ])('%s', (_, place, tags, wanted) => {
    expect(textOf(nextTag(place, '', tags.map(tag)))).toBe(wanted);
  });

  test('of one component bears its name', () => {
    expect(textOf(nextTag({ kind: 'first' }, 'api-', []))).toBe('next api-v0.1.0');
    const place: Place = { kind: 'after', last: tag('api-v1.3.0'), changes: words('feat: a') };
    expect(textOf(nextTag(place, 'api-', [tag('api-v1.3.0')]))).toBe('next api-v1.4.0');
  });

  function textOf(next: ReturnType<typeof nextTag>): string {
    switch (next.kind) {
      case 'next':
      case 'tagged':
        return `${next.kind} ${next.tag.tag}`;
      case 'covered':
        return `covered ${next.by.tag}`;
      case 'unclear':
        return `${next.finding.reason}: ${next.finding.message}`;
    }
  }
});

describe('what a reviewer is told of it', () => {
  test.each<[string, Place, string]>([
    [
      'what decides is named by its first line',
      { kind: 'after', last: tag('v1.3.0'), changes: words('feat: teams\n\nand more') },
      'Verified, it would become **v1.4.0**, because feat: teams. That is decided when it is published.',
    ],
    [
      'nothing asked for more than a patch',
      { kind: 'after', last: tag('v1.3.0'), changes: words('tidied up') },
      'Verified, it would become **v1.3.1**. That is decided when it is published.',
    ],
    ['it has its version', { kind: 'tagged', tag: tag('v1.3.0') }, 'It is **v1.3.0**, which is there already.'],
    [
      'it is part of one',
      { kind: 'covered', by: tag('v1.3.0') },
      'It is part of v1.3.0 already, and gets no version of its own.',
    ],
    [
      'nobody can say',
      { kind: 'apart', looked: ['v1.3.0'] },
      '⚠ It would get no version. The commit comes after none of v1.3.0, so its version does not follow from them. Tag the commit by hand, and run the job again: it takes that tag.',
    ],
  ])('%s', (_, place, wanted) => {
    expect(forecastText(nextTag(place, '', [tag('v1.3.0')]))).toBe(wanted);
  });
});

describe('where the notes of a release begin', () => {
  const all = ['v1.2.0', 'v1.3.0-rc.1', 'v1.3.0-rc.2', 'v1.3.0-beta.1', 'v1.3.0', 'v1.10.0', 'api-v1.2.5'];

  test.each([
    ['v1.3.0', 'v1.2.0'],
    ['v1.10.0', 'v1.3.0'],
    ['v1.3.0-rc.2', 'v1.3.0-rc.1'],
    ['v1.3.0-beta.1', undefined],
    ['v1.2.0', undefined],
    ['v1.2.1', 'v1.2.0'],
    ['api-v2.0.0', 'api-v1.2.5'],
  ])('%s: after %s', (name, wanted) => {
    expect(tagBefore(tag(name), all)).toBe(wanted);
  });
});

describe('what people find as the latest', () => {
  test.each([
    ['v1.4.0', true],
    ['v1.3.0', true],
    ['v1.2.1', false],
    ['v2.0.0-rc.1', false],
  ])('%s beside v1.3.0: %s', (name, wanted) => {
    expect(isLatest(tag(name), [tag('v1.2.0'), tag('v1.3.0')])).toBe(wanted);
  });
});
