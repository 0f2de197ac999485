import { parseRefPattern } from '../version/pattern.ts';
import { didYouMean } from './nearest.ts';
import type { Mistake } from './problem.ts';
import { asRecord, isRecord, type RawRecord, recordsIn, textsAt } from './raw.ts';
import { FROM_BRANCH } from './tag-policy.ts';

/** What the schema cannot say about the tags and checks of an environment. */
export function checkTagPolicy(name: string, environment: RawRecord, names: readonly string[]): readonly Mistake[] {
  return [
    ...withoutTags(name, environment),
    ...checkHotfix(name, environment, names),
    ...checkNames(name, environment),
  ];
}

function withoutTags(name: string, { tags, from }: RawRecord): readonly Mistake[] {
  if (!isRecord(tags)) return [];
  const patterns = textsAt(from, []).map(({ text }) => parseRefPattern(text));
  if (patterns.some(pattern => !pattern.ok || pattern.value.kind === 'tag')) return [];
  const hint = 'add a pattern of tags to `from`, such as vX.Y.Z';
  return [{ path: ['environments', name, 'tags'], message: 'no tag leads here', hint, at: 'key' }];
}

function checkHotfix(name: string, environment: RawRecord, names: readonly string[]): readonly Mistake[] {
  const tags = asRecord(environment.tags);
  const { hotfix, 'hotfix-from': from } = tags;
  if (typeof from !== 'string') return [];
  const path = ['environments', name, 'tags', 'hotfix-from'];
  if (hotfix === undefined) return [{ path, message: 'has no effect without `hotfix`', at: 'key' }];
  if (from === FROM_BRANCH || names.includes(from)) return [];
  return [{ path, message: `no environment \`${from}\``, hint: didYouMean(from, [...names, FROM_BRANCH]) }];
}

function checkNames(name: string, { checks }: RawRecord): readonly Mistake[] {
  const path = ['environments', name, 'checks'];
  const named = isRecord(checks) ? textsAt(checks.require, [...path, 'require']) : textsAt(checks, path);
  const texts = named.map(({ text }) => text);
  return named
    .filter(({ text }, index) => texts.indexOf(text) !== index)
    .map(entry => ({ path: entry.path, message: `\`${entry.text}\` is listed twice` }));
}

/** A tag with a prefix releases the component of that name; with any other, all of them. */
export function warnOfPrefixes(file: RawRecord): readonly Mistake[] {
  const components = Object.keys(asRecord(file.components));
  return recordsIn(file.environments).flatMap(([name, { from }]) =>
    textsAt(from, ['environments', name, 'from']).flatMap(({ text, path }): readonly Mistake[] => {
      const pattern = parseRefPattern(text);
      if (!pattern.ok || pattern.value.kind !== 'tag' || pattern.value.prefix === '') return [];
      const prefix = pattern.value.prefix.slice(0, -1);
      if (components.includes(prefix) || prefix === file.service) return [];
      const message = `\`${text}\` releases every component: there is none that is called \`${prefix}\``;
      return [{ path, message, hint: didYouMean(prefix, components) }];
    }),
  );
}
