import { rule } from '../gate/rule.ts';
import type { RuleVerdict } from '../verdict.ts';
import { nextVersion } from '../version/next.ts';
import { compare, highest } from '../version/order.ts';
import { matchReleaseTag, type TagPattern } from '../version/pattern.ts';
import { type ReleaseTag, tagsOf } from '../version/tag.ts';

/** A release tag, and the pattern of the environment that takes it. */
export interface TakenTag {
  readonly tag: ReleaseTag;
  readonly pattern: TagPattern;
}

/**
 * Beginnings of the tags that a release is ordered among, the narrowest first: `v1.2.`, `v1.`, `v`. Its line is the first of
 * them that has another release: 1.2.4 after 1.3.0 is right, because 1.2 has a line of its own.
 */
export function lineScopes({ prefix, core }: ReleaseTag): readonly string[] {
  const [major = '', minor = ''] = core.split('.');
  return [`${prefix}v${major}.${minor}.`, `${prefix}v${major}.`, `${prefix}v`];
}

/** Whether these tags are enough to order the release: its line is among them. */
export function hasLine(taken: TakenTag, names: readonly string[]): boolean {
  return othersOf(taken, names).length > 0;
}

/** `names`: at least every tag of the first of its scopes that has another release. */
export function judgeLine(taken: TakenTag, names: readonly string[]): readonly RuleVerdict[] {
  return [judgeOrder(taken, names), ...judgeCandidate(taken, names)];
}

export const lineRule = 'version order';
export const candidateRule = 'candidate order';

function judgeOrder(taken: TakenTag, names: readonly string[]): RuleVerdict {
  const { tag, pattern } = taken;
  const others = othersOf(taken, names);
  const scope = lineScopes(tag).find(beginning => others.some(other => other.tag.startsWith(beginning)));
  const line = others.filter(other => scope !== undefined && other.tag.startsWith(scope));
  const top = highest(line.map(({ core }) => core));
  if (scope === undefined || top === undefined) {
    const message = `${tag.tag} is the first release by \`${pattern.text}\`.`;
    return rule(lineRule, 'pass', 'version-greater', message);
  }
  const where = scope === `${tag.prefix}v` ? 'all releases' : `the line ${scope.slice(tag.prefix.length + 1)}x`;
  const evidence = { version: tag.core, highest: top };
  if (compare(tag.core, top) > 0) {
    const message = `${tag.core} comes after ${top}, the highest of ${where}.`;
    return rule(lineRule, 'pass', 'version-greater', message, evidence);
  }
  const message = `${tag.core} does not come after ${top}, the highest of ${where}.`;
  return rule(lineRule, 'fail', 'version-not-greater', message, evidence, `Tag ${following(pattern, top)} instead.`);
}

/** Candidates of one version are numbered in order, and none comes after the version itself. */
function judgeCandidate({ tag, pattern }: TakenTag, names: readonly string[]): readonly RuleVerdict[] {
  if (!pattern.numbered) return [];
  const same = siblings(tag, names).filter(other => other.core === tag.core);
  const final = same.find(other => other.prerelease.length === 0);
  if (final !== undefined) {
    const message = `${final.tag} is there: nothing is a candidate of it any more.`;
    const next = `Tag ${following(pattern, tag.core, 1)} for what comes next, or delete ${final.tag} if it never went anywhere.`;
    return [rule(candidateRule, 'fail', 'candidate-after-final', message, { final: final.tag }, next)];
  }
  const numbers = same.filter(other => matchReleaseTag(pattern, other).matches).map(numberOf);
  const top = numbers.reduce((held, number) => Math.max(held, number), -1);
  if (numberOf(tag) > top) {
    const message = top < 0 ? `${tag.tag} is the first candidate.` : `${tag.tag} comes after ${sibling(tag, top)}.`;
    return [rule(candidateRule, 'pass', 'candidate-in-order', message)];
  }
  const message = `${tag.tag} does not come after ${sibling(tag, top)}.`;
  const next = `Tag ${sibling(tag, top + 1)} instead.`;
  return [rule(candidateRule, 'fail', 'candidate-out-of-order', message, { highest: sibling(tag, top) }, next)];
}

/** Other versions of its kind: finals among finals; candidates among candidates and finals. */
function othersOf({ tag, pattern }: TakenTag, names: readonly string[]): readonly ReleaseTag[] {
  return siblings(tag, names).filter(
    other =>
      other.core !== tag.core &&
      (matchReleaseTag(pattern, other).matches || (pattern.numbered && other.prerelease.length === 0)),
  );
}

/** Release tags of the same product, without the tag itself. */
function siblings(tag: ReleaseTag, names: readonly string[]): readonly ReleaseTag[] {
  return tagsOf(tag.prefix, names).filter(other => other.tag !== tag.tag);
}

function numberOf({ prerelease }: ReleaseTag): number {
  return Number(prerelease[1]);
}

function sibling({ prefix, core, prerelease: [channel = ''] }: ReleaseTag, number: number): string {
  return `${prefix}v${core}-${channel}.${number}`;
}

/** The next patch, as the pattern spells it. */
function following({ text }: TagPattern, core: string, candidate = 1): string {
  return text.replace('X.Y.Z', nextVersion(core, []).version).replace(/\.N$/, `.${candidate}`);
}
