import { parseTag, type ReleaseTag } from './tag.ts';

/** Which tags an environment takes: `vX.Y.Z`, `vX.Y.Z-stage`, `vX.Y.Z-rc.N`, each also with a prefix (`api-vX.Y.Z`). */
export interface TagPattern {
  readonly kind: 'tag';
  readonly text: string;
  readonly prefix: string;
  /** The word after the version: `stage`, `rc`; none for final releases. */
  readonly channel?: string;
  /** `-rc.N` rather than `-rc`. */
  readonly numbered: boolean;
}

/** A branch, by its exact name. */
export interface BranchPattern {
  readonly kind: 'branch';
  readonly text: string;
}

export type RefPattern = TagPattern | BranchPattern;

export type PatternResult =
  | { readonly ok: true; readonly value: RefPattern }
  | { readonly ok: false; readonly message: string; readonly offset: number; readonly hint?: string };

const EXAMPLES = 'tags read like vX.Y.Z, vX.Y.Z-stage or vX.Y.Z-rc.N; anything else is the exact name of a branch';

/** What `from` of an environment says. What looks like a tag but is none is refused, never taken for a branch. */
export function parseRefPattern(text: string): PatternResult {
  const tag = /^([a-z][a-z0-9-]*-)?vX\.Y\.Z(?:-([A-Za-z][A-Za-z-]*)(\.N)?)?$/.exec(text);
  if (tag !== null) {
    const [, prefix = '', channel, number] = tag;
    const numbered = number !== undefined;
    if (channel !== undefined && /[^-A-Z]N$/.test(channel)) {
      return refuse(`\`${channel}\` glues its number to the word`, text.length - 1, `write ${text.slice(0, -1)}.N`);
    }
    return { ok: true, value: { kind: 'tag', text, prefix, ...(channel === undefined ? {} : { channel }), numbered } };
  }
  if (text === '') return refuse('is empty', 0, EXAMPLES);
  if (parseTag(text).ok) {
    return refuse(`\`${text}\` is one release`, 0, `write \`${generalise(text)}\` for every release of its kind`);
  }
  const wildcard = text.search(/[*?[\]]/);
  if (wildcard !== -1) return refuse('wildcards are not known here', wildcard, EXAMPLES);
  if (text.startsWith('refs/')) return refuse('is written without `refs/…/`', 0, EXAMPLES);
  if (/x\.y|[xy]\.z|^v?\d+\.(\d+|x)/i.test(text)) return refuse(`\`${text}\` is not a tag pattern`, 0, EXAMPLES);
  const bad = badBranchCharacter(text);
  return bad === undefined
    ? { ok: true, value: { kind: 'branch', text } }
    : refuse(`\`${text}\` cannot be the name of a branch`, bad);
}

export type MatchResult =
  | { readonly matches: true; readonly version: string }
  | {
      readonly matches: false;
      readonly reason: 'not-a-release-tag' | 'other-prefix' | 'other-channel';
      readonly message: string;
    };

/** Whether `tag` is one that `pattern` means; the version is without its prefix and `v`. */
export function matchTag(pattern: TagPattern, tag: string): MatchResult {
  const result = parseTag(tag);
  if (!result.ok) return { matches: false, reason: 'not-a-release-tag', message: result.mistake.message };
  return matchReleaseTag(pattern, result.tag);
}

export function matchReleaseTag(pattern: TagPattern, tag: ReleaseTag): MatchResult {
  if (tag.prefix !== pattern.prefix) {
    const message = `\`${tag.tag}\` belongs to \`${tag.prefix}\`, \`${pattern.text}\` to \`${pattern.prefix}\``;
    return { matches: false, reason: 'other-prefix', message };
  }
  const [channel, number, ...more] = tag.prerelease;
  const sameChannel = channel === pattern.channel;
  const sameNumber = pattern.numbered ? /^\d+$/.test(number ?? '') : number === undefined;
  if (sameChannel && sameNumber && more.length === 0) return { matches: true, version: tag.version };
  return { matches: false, reason: 'other-channel', message: `\`${tag.tag}\` is not a \`${pattern.text}\`` };
}

function refuse(message: string, offset: number, hint?: string): PatternResult {
  return { ok: false, message, offset, ...(hint === undefined ? {} : { hint }) };
}

function generalise(tag: string): string {
  return tag.replace(/v\d+\.\d+\.\d+/, 'vX.Y.Z').replace(/\.\d+$/, '.N');
}

/** The rules of `git check-ref-format` that people break; undefined when the name is fine. */
export function badBranchCharacter(name: string): number | undefined {
  const at = name.search(/[\s~^:\\]|\.\.|@\{|\/\/|^[/-]|[/.]$|\.lock$/);
  return at === -1 ? undefined : at;
}
