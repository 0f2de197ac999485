import { isSame, type Release } from '../release.ts';
import type { EnvironmentState, Published } from './state.ts';

/** How a release of this environment was published; undefined where it was not. */
export function publishedAs({ published }: EnvironmentState, release: Release): Published | undefined {
  return published.find(entry => isSame(entry.release, release));
}

/** Whether a person who says this version means that release: by the version that it was published as, too. */
export function isCalled(state: EnvironmentState, release: Release, version: string | undefined): boolean {
  return version !== undefined && (release.version === version || publishedAs(state, release)?.version === version);
}

/** A release as people know it: `1.4.0 (0123456789ab)` where a branch brought it and it was published since. */
export function nameOf(state: EnvironmentState, release: Release): string {
  const { version = release.version } = publishedAs(state, release) ?? {};
  return version === release.version ? version : `${version} (${release.version})`;
}
