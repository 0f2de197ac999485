import * as z from 'zod/mini';
import { parseRefPattern } from '../version/pattern.ts';
import { asList, choice, documented, oneOrMany, parsed, type Reading } from './fields.ts';
import type { Mistake } from './problem.ts';
import { asRecord, isRecord, type RawRecord, recordsIn, textsAt } from './raw.ts';

/** What the next version follows from. */
export const NEXT_BY = ['commits', 'labels'] as const;
export type NextBy = (typeof NEXT_BY)[number];

/** The tag that is made of a release. */
export interface TagToMake {
  /** `vX.Y.Z`, `api-vX.Y.Z` */
  readonly pattern: string;
  /** What stands before the `v`: `api-`, or nothing. */
  readonly prefix: string;
  readonly next: readonly NextBy[];
}

/** What is made public of a release that was verified. */
export interface Publish {
  /** Absent: releases come by a tag, and that one is published. */
  readonly tag?: TagToMake;
}

/** The kinds of tags that can be made: final ones. Nobody can know which channel was meant. */
export function readTagToMake(text: string): Reading<{ readonly pattern: string; readonly prefix: string }> {
  const hint = 'write vX.Y.Z, or with the name of a component before it, as api-vX.Y.Z';
  const result = parseRefPattern(text);
  if (!result.ok) return { ...result, hint: result.hint ?? hint };
  if (result.value.kind === 'branch') return { ok: false, message: `\`${text}\` is not a kind of tag`, hint };
  if (result.value.channel !== undefined) {
    return { ok: false, message: `\`${text}\` is not a kind of final tag`, offset: text.indexOf('Z') + 1, hint };
  }
  return { ok: true, value: { pattern: text, prefix: result.value.prefix } };
}

export const publishMapping = z.strictObject({
  tag: parsed(readTagToMake, 'The kind of tag that is made on the commit: vX.Y.Z, or with a prefix as api-vX.Y.Z.', {
    examples: ['vX.Y.Z'],
  }),
  next: z.optional(
    oneOrMany(
      choice(NEXT_BY, 'By the words of its commits, or the labels of its pull requests.'),
      'What the next version follows from: `commits` as in Conventional Commits, or `labels` of merged pull requests.',
      { default: 'commits' },
    ),
  ),
});

export const publish = documented(
  z.union([z.boolean(), publishMapping]),
  'What follows when a release was verified here: its tag gets a release on GitHub (`true`), or, where releases come by a branch, the next version is tagged first.',
  { examples: [true, { tag: 'vX.Y.Z', next: 'commits' }] },
);

/** Undefined: nothing is published. */
export function readPublish(given: z.output<typeof publish> | undefined): Publish | undefined {
  if (given === undefined || given === false) return undefined;
  if (given === true) return {};
  return { tag: { ...given.tag, next: given.next === undefined ? ['commits'] : asList(given.next) } };
}

/** What the schema cannot say of it: whether there is a tag already, or one is to be made, and whether that one would do. */
export function checkPublish(name: string, environment: RawRecord, file: RawRecord): readonly Mistake[] {
  const { publish: given, from } = environment;
  const path = ['environments', name, 'publish'];
  const patterns = textsAt(from, []).flatMap(({ text }) => {
    const pattern = parseRefPattern(text);
    return pattern.ok ? [pattern.value.kind] : [];
  });
  if (given === true && patterns.length > 0 && !patterns.includes('tag')) {
    const hint = 'say which kind of tag is made: `publish: { tag: vX.Y.Z }`';
    return [{ path, message: 'releases come by a branch here, so there is no tag to publish', hint }];
  }
  if (!isRecord(given)) return [];
  if (patterns.length > 0 && !patterns.includes('branch')) {
    const hint = 'write `publish: true`: the tag that is there is published';
    return [{ path: [...path, 'tag'], message: 'releases come by a tag here, so none is made', hint, at: 'key' }];
  }
  return recordsIn(file.environments)
    .filter(([, other]) => takes(other, given.tag) && asRecord(other.tags).signed === 'require')
    .map(([other]) => ({
      path: [...path, 'tag'],
      message: `\`${String(given.tag)}\` has to be signed for \`${other}\`, and the suite has no key`,
      hint: 'make another kind of tag, or let a person tag',
    }));
}

function takes({ from }: RawRecord, kind: unknown): boolean {
  return textsAt(from, []).some(({ text }) => text === kind);
}
