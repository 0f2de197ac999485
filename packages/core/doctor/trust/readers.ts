import type { Environment } from '../../flow/environment.ts';
import { asksEarlier, asksHere } from '../../flow/gates/registry.ts';
import { previewedNames } from '../../flow/preview-rules.ts';
import { nextTag } from '../../tags/next-tag.ts';
import type { RefPattern } from '../../version/pattern.ts';
import type { DoctorFacts } from '../facts.ts';

/**
 * Whose tokens look with the `read-role` of an environment, as the part of their subjects after the repository: the plan jobs by their
 * branch or tag, the release jobs by their environment; of the environment itself, and of those that ask about it as the earlier one. The job
 * that shows plans has no environment either.
 * Source: GitHub’s OIDC reference, “Example subject claims”.
 */
export function readersOf({ flow, defaultBranch }: DoctorFacts, environment: Environment): readonly string[] {
  const looking = Object.values(flow.environments).filter(
    other =>
      (other.name === environment.name && asksHere(other.gates)) ||
      (other.after === environment.name && asksEarlier(other.gates)),
  );
  const shows = previewedNames(flow.components, environment.components).length > 0;
  // What waits goes on from there, whichever ref asked for it.
  const contexts = [
    `ref:refs/heads/${defaultBranch}`,
    ...looking.flatMap(({ name, from }) => [...from.map(pattern => `ref:${refOf(pattern)}`), `environment:${name}`]),
    ...(shows ? environment.from.map(pattern => `ref:${refOf(pattern)}`) : []),
  ];
  return [...new Set(contexts)];
}

/** A branch, or the first tag of a pattern. */
function refOf(pattern: RefPattern): string {
  return pattern.kind === 'tag' ? `refs/tags/${nextTag(pattern, []).tag}` : `refs/heads/${pattern.text}`;
}
