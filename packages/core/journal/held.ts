import type { Hold } from './event.ts';
import { isKnownAs } from './published.ts';
import type { EnvironmentState, Standing } from './state.ts';

/** Whether a hold of a version speaks against this standing: not where it is about another component, or about one that was brought back. */
export function speaksAgainst(state: EnvironmentState, { version, component }: Hold, standing: Standing): boolean {
  const { release, apart } = standing;
  if (version === undefined || !isKnownAs(state, release, version)) return false;
  if (component === undefined) return true;
  return apart?.[component] === undefined && [undefined, component].includes(release.component);
}
