import { matchReleaseTag, type RefPattern } from './pattern.ts';
import type { TagReason } from './scan.ts';
import { parseTag, type ReleaseTag } from './tag.ts';

/** Where a ref leads, or why nowhere. A tag that means nothing is a result, never an error. */
export type Destination =
  | {
      readonly ok: true;
      readonly environment: string;
      readonly pattern: RefPattern;
      /** Present when a tag led there. */
      readonly tag?: ReleaseTag;
    }
  | {
      readonly ok: false;
      readonly reason: DestinationReason;
      readonly message: string;
      /** Where in the name of the branch or tag, from 0, when a character is to blame. */
      readonly offset?: number;
      readonly hint?: string;
    };

export type DestinationReason =
  | 'not-a-ref'
  | 'branch-without-environment'
  /** A fine release tag that no environment takes. */
  | 'tag-without-environment'
  | 'prerelease-without-environment'
  /** It leads to another environment than the one that was asked for. */
  | 'leads-elsewhere'
  | TagReason;

/** The part of a flow that decides where refs lead. */
export interface Destinations {
  readonly environments: Readonly<Record<string, { readonly from: readonly RefPattern[] }>>;
}

/**
 * `ref` as GitHub gives it: `refs/heads/main`, `refs/tags/v1.2.3`. A branch that several environments take leads to the first of them, or
 * to the one that is `wanted`.
 */
export function environmentFor(flow: Destinations, ref: string, wanted?: string): Destination {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? [];
  if (name === undefined) {
    const hint = 'refs begin with refs/heads/ or refs/tags/';
    return { ok: false, reason: 'not-a-ref', message: `\`${ref}\` is neither a branch nor a tag`, hint };
  }
  return kind === 'heads' ? forBranch(flow, name, wanted) : forTag(flow, name);
}

function forBranch(flow: Destinations, branch: string, wanted: string | undefined): Destination {
  const taking = patternsOf(flow).filter(({ pattern }) => pattern.kind === 'branch' && pattern.text === branch);
  const found = taking.find(({ environment }) => environment === wanted) ?? taking[0];
  if (found !== undefined) return { ok: true, ...found };
  const message = `the branch \`${branch}\` leads to no environment`;
  return { ok: false, reason: 'branch-without-environment', message, ...known(flow, 'branch') };
}

function forTag(flow: Destinations, name: string): Destination {
  const result = parseTag(name);
  if (!result.ok) {
    const { suggestion, ...mistake } = result.mistake;
    const hint = suggestion === undefined ? mistake.hint : `did you mean \`${suggestion}\`?`;
    return { ok: false, ...mistake, ...(hint === undefined ? {} : { hint }) };
  }
  for (const { environment, pattern } of patternsOf(flow)) {
    if (pattern.kind !== 'tag' || !matchReleaseTag(pattern, result.tag).matches) continue;
    return { ok: true, environment, pattern, tag: result.tag };
  }
  const message = `\`${name}\` is ${describeRelease(result.tag)}, and no environment takes those`;
  const prerelease = result.tag.prerelease.length > 0;
  const reason = prerelease ? 'prerelease-without-environment' : 'tag-without-environment';
  return { ok: false, reason, message, ...known(flow, 'tag') };
}

function describeRelease({ core, prerelease, prefix }: ReleaseTag): string {
  const of = prefix === '' ? core : `${core} of \`${prefix.slice(0, -1)}\``;
  if (prerelease.length === 0) return `the final release ${of}`;
  return prerelease[0] === 'rc' ? `a release candidate of ${of}` : `a prerelease (${prerelease.join('.')}) of ${of}`;
}

function patternsOf(flow: Destinations) {
  return Object.entries(flow.environments).flatMap(([environment, { from }]) =>
    from.map(pattern => ({ environment, pattern })),
  );
}

function known(flow: Destinations, kind: RefPattern['kind']): { hint?: string } {
  const patterns = patternsOf(flow).filter(({ pattern }) => pattern.kind === kind);
  if (patterns.length === 0) return {};
  return { hint: patterns.map(({ environment, pattern }) => `${pattern.text} → ${environment}`).join(', ') };
}
