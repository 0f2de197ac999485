import { isCalled, isSame, nameOf, type Release } from '../release.ts';
import type { EnvironmentState, Published } from './state.ts';

/** How a release of this environment was published; undefined where it was not. */
export function publishedAs({ published }: EnvironmentState, release: Release): Published | undefined {
  return published.find(entry => isSame(entry.release, release));
}

/** Whether somebody who says this means that release: as it came, or as it was published since. */
export function isKnownAs(state: EnvironmentState, release: Release, said: string): boolean {
  const published = publishedAs(state, release);
  return isCalled(release, said) || (published !== undefined && isCalled({ ...release, ...published }, said));
}

/** A release as people know it: `1.4.0 (0123456789ab)` where a branch brought it and it was published since. */
export function knownName(state: EnvironmentState, release: Release): string {
  const { version = release.version } = publishedAs(state, release) ?? {};
  return version === release.version ? nameOf(release) : `${version} (${nameOf(release)})`;
}
