import { corrected, scanVersion, type TagMistake } from './scan.ts';

/** A release tag that follows the grammar: `v1.2.3`, `v1.2.3-stage`, `v1.2.3-rc.1`, `api-v1.2.3`. */
export interface ReleaseTag {
  readonly tag: string;
  /** What stands before the `v` in a repository with several products: `api-`, or nothing. */
  readonly prefix: string;
  /** SemVer without the `v`: `1.2.3-rc.1`. */
  readonly version: string;
  /** Without the prerelease part: `1.2.3`. */
  readonly core: string;
  /** The identifiers after the hyphen: `['rc', '1']`; empty for a final release. */
  readonly prerelease: readonly string[];
}

export type TagResult =
  | { readonly ok: true; readonly tag: ReleaseTag }
  | { readonly ok: false; readonly mistake: TagMistake };

/** Git allows far more; no version needs it. */
const LONGEST = 128;

/**
 * Reads a tag by SemVer 2.0.0 (semver.org, points 2 and 9) with a `v` before it, and two restrictions of ours: no build
 * metadata (two releases would be equal in order) and no number glued to a word (`rc10` sorts before `rc9`).
 */
export function parseTag(tag: string): TagResult {
  if (tag === '') return refuse('empty', 'the tag is empty', 0);
  if (tag.length > LONGEST) return refuse('too-long', `the tag is longer than ${LONGEST} characters`, LONGEST);
  const space = tag.search(/\s/);
  if (space !== -1) return refuse('bad-character', 'the tag contains a space', space);

  const prefix = /^[a-z][a-z0-9-]*-(?=v\d)/.exec(tag)?.[0] ?? '';
  const rest = tag.slice(prefix.length);
  if (!/^v[\d.]/.test(rest)) return refuseStart(tag);

  const scan = scanVersion(rest.slice(1));
  if (!scan.ok) {
    const { offset, suggestion, ...mistake } = scan.mistake;
    const meant = suggestion === undefined ? {} : { suggestion: `${prefix}v${suggestion}` };
    return { ok: false, mistake: { ...mistake, ...meant, offset: offset + prefix.length + 1 } };
  }
  return { ok: true, tag: { tag, prefix, ...scan.version } };
}

/** Those of the names that are release tags of one product; others do no harm. */
export function tagsOf(prefix: string, names: readonly string[]): readonly ReleaseTag[] {
  return names.flatMap(name => {
    const result = parseTag(name);
    return result.ok && result.tag.prefix === prefix ? [result.tag] : [];
  });
}

function refuse(reason: TagMistake['reason'], message: string, offset: number, hint?: string): TagResult {
  return { ok: false, mistake: { reason, message, offset, ...(hint === undefined ? {} : { hint }) } };
}

/** What stands before the number is not the `v`: say what, and what would have been right when that is clear. */
function refuseStart(tag: string): TagResult {
  const found = /^(.*?)v?(\d+\.\d+.*)$/is.exec(tag);
  if (found === null) return refuse('not-a-version', `\`${tag}\` is not a version`, 0, 'tags read like v1.2.3');
  const [, before = '', number = ''] = found;
  const version = corrected(number);
  const meant = version === undefined ? {} : { suggestion: `v${version}` };
  if (tag.startsWith('V')) {
    return { ok: false, mistake: { reason: 'capital-v', message: 'the V is a small v', offset: 0, ...meant } };
  }
  if (before === '') {
    return {
      ok: false,
      mistake: { reason: 'missing-v', message: 'the tag does not begin with v', offset: 0, ...meant },
    };
  }
  const message = `the tag begins with \`${before}\` instead of v`;
  return { ok: false, mistake: { reason: 'unknown-prefix', message, offset: 0, ...meant } };
}
