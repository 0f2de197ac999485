import type { Environment } from '../flow/environment.ts';
import type { Flow } from '../flow/parse.ts';
import { selects } from '../version/branches.ts';
import type { TagPattern } from '../version/pattern.ts';

/** A release that a merge, or a tag on it, would start. */
export interface PossibleRelease {
  /** `merge into main`, `tag vX.Y.Z` */
  readonly what: string;
  readonly environment: string;
  /** Of the tags that would start it. */
  readonly pattern?: TagPattern;
}

/** What would be released, and where to, if a pull request into this branch were merged, or tagged after that. */
export function possibleReleases(flow: Flow, base: string, defaultBranch: string): readonly PossibleRelease[] {
  return Object.values(flow.environments).flatMap(environment =>
    environment.from.flatMap(pattern => {
      if (pattern.kind === 'branch') {
        return pattern.text === base ? [{ what: `merge into ${base}`, environment: environment.name }] : [];
      }
      return takesTagsOf(environment, base, defaultBranch)
        ? [{ what: `tag ${pattern.text}`, environment: environment.name, pattern }]
        : [];
    }),
  );
}

function takesTagsOf({ tags }: Environment, base: string, defaultBranch: string): boolean {
  if (tags.branches.length === 0 && base === defaultBranch) return true;
  return [...tags.branches, ...tags.hotfix].some(selector => selects(selector, base));
}
