import { inOrder } from '../../journal/audit.ts';
import type { Reading } from '../fields.ts';

/** A file of another repository, at one commit. */
export interface PolicyReference {
  readonly owner: string;
  readonly repo: string;
  readonly path: string;
  readonly sha: string;
}

const shape = /^(?<owner>[A-Za-z0-9][A-Za-z0-9-]*)\/(?<repo>[A-Za-z0-9._-]+)\/\/(?<path>[^@\s]+)@(?<ref>\S+)$/;
const whole = /^[0-9a-f]{40}$/;

/** `org/policies//release.yml@` and a whole commit: what a branch or a tag stands for may change unseen. */
export function readPolicyReference(text: string): Reading<PolicyReference> {
  const { owner, repo, path, ref } = shape.exec(text)?.groups ?? {};
  if (owner === undefined || repo === undefined || path === undefined || ref === undefined) {
    const hint = 'write org/repo//path/of/the/file.yml@ and the commit';
    return { ok: false, message: `\`${text}\` does not name a file of a repository`, hint };
  }
  if (path.startsWith('/') || path.split('/').includes('..')) {
    return { ok: false, message: `\`${path}\` is not a path in that repository`, offset: text.indexOf(path) };
  }
  if (whole.test(ref)) return { ok: true, value: { owner, repo, path, sha: ref } };
  const hint = 'give all 40 digits of the commit: a branch or a tag may stand for another one tomorrow';
  return { ok: false, message: `\`${ref}\` is not a whole commit`, hint, offset: text.length - ref.length };
}

/** As people see it: `org/policies//release.yml@1a2b3c4`. */
export function showPolicyReference({ owner, repo, path, sha }: PolicyReference): string {
  return `${owner}/${repo}//${path}@${sha.slice(0, 7)}`;
}

export function samePolicy(one: PolicyReference, other: PolicyReference | undefined): boolean {
  return inOrder(one) === inOrder(other);
}
