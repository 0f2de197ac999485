import { type Answer, type Mismatch, parseJson } from './answer.ts';
import { printed } from './json-match.ts';
import { valueAtPointer } from './pointer.ts';
import type { VersionCheck } from './smoke-file.ts';

/** What must be served: the version, the commit, or both where both are known. */
export interface WantedVersion {
  /** Without `v`; of a branch, the beginning of its commit. */
  readonly version?: string | undefined;
  readonly sha?: string | undefined;
  /** What may be served instead: where only a part was brought back, nobody knows which part it is that answers. */
  readonly or?: WantedVersion | undefined;
}

/** Services say `1.3.0`, `v1.3.0`, the commit, or at least seven characters of it. Anything else is another version. */
export function isServed(served: string, { version, sha, or }: WantedVersion): boolean {
  if (version !== undefined && (served === version || served === `v${version}`)) return true;
  if (or !== undefined && isServed(served, or)) return true;
  return [version, sha].some(wanted => wanted !== undefined && isSameCommit(served, wanted));
}

function isSameCommit(one: string, other: string): boolean {
  if (!isCommit(one) || !isCommit(other)) return false;
  return one.startsWith(other) || other.startsWith(one);
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(text);
}

export function versionText({ version, sha, or }: WantedVersion): string {
  const text = version ?? sha ?? '';
  return or === undefined ? text : `${text} or ${versionText(or)}`;
}

export interface ServedVersion {
  /** Absent when the answer does not say any version. */
  readonly served?: string | undefined;
  readonly mismatches: readonly Mismatch[];
}

export function servedVersion(check: VersionCheck, wanted: WantedVersion, answer: Answer): ServedVersion {
  const expected = versionText(wanted);
  if (answer.status < 200 || answer.status > 299) {
    return { mismatches: [{ what: 'status', expected: '200–299', came: `${answer.status} ${answer.body}`.trim() }] };
  }
  const served = find(check, answer);
  if (served !== undefined && isServed(served, wanted)) return { served, mismatches: [] };
  return { served, mismatches: [{ what: placeText(check), expected, came: served ?? 'nothing' }] };
}

function find({ found }: VersionCheck, { body, headers }: Answer): string | undefined {
  switch (found.in) {
    case 'body':
      return body.trim();
    case 'header':
      return headers[found.header.toLowerCase()];
    case 'json': {
      const document = parseJson(body);
      const place = document.ok ? valueAtPointer(document.value, found.pointer) : { found: false as const };
      if (!place.found) return undefined;
      return typeof place.value === 'string' ? place.value : printed(place.value);
    }
  }
}

function placeText({ found }: VersionCheck): string {
  switch (found.in) {
    case 'body':
      return 'version in the body';
    case 'header':
      return `version in header ${found.header}`;
    case 'json':
      return `version at ${found.pointer}`;
  }
}
