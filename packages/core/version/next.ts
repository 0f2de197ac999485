/** What has changed since the last release: a commit, or a pull request with its labels. */
export interface Change {
  readonly message: string;
  readonly labels: readonly string[];
}

export type Bump = 'major' | 'minor' | 'patch';

export interface NextVersion {
  /** Without `v`. */
  readonly version: string;
  readonly bump: Bump;
  /** The first line of the change that asked for so much; absent where none asked for more than a patch. */
  readonly because?: string;
}

/** Labels that ask for more than a patch, whatever the messages say. */
export const bumpLabels: Readonly<Record<Exclude<Bump, 'patch'>, readonly string[]>> = {
  major: ['breaking', 'major', 'semver:major'],
  minor: ['enhancement', 'feature', 'minor', 'semver:minor'],
};

/**
 * The version of a release that was made from these changes: what asks for most decides, by Conventional Commits 1.0.0 or by
 * labels, and anything that was deployed is at least a patch. `last`: the highest release before, without `v`; the first one is
 * 0.1.0. Before 1.0.0 everything may break (semver.org, point 4), so nothing goes beyond 0 by itself.
 */
export function nextVersion(
  last: string | undefined,
  changes: readonly Change[],
  labels: typeof bumpLabels = bumpLabels,
): NextVersion {
  const asked = changes.map(change => ({ change, bump: bumpOf(change, labels) }));
  const decisive = (['major', 'minor'] as const)
    .map(bump => asked.find(each => each.bump === bump))
    .find(each => each !== undefined);
  const wanted = decisive?.bump ?? 'patch';
  const because = decisive === undefined ? {} : { because: headerOf(decisive.change.message) };
  const [major = 0, minor = 0, patch = 0] = last?.split('.').map(Number) ?? [];
  if (last === undefined) return { version: '0.1.0', bump: 'minor', ...because };
  const bump = major === 0 && wanted === 'major' ? 'minor' : wanted;
  return { version: bumped(bump, major, minor, patch), bump, ...because };
}

function bumped(bump: Bump, major: number, minor: number, patch: number): string {
  switch (bump) {
    case 'major':
      return `${major + 1}.0.0`;
    case 'minor':
      return `${major}.${minor + 1}.0`;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
  }
}

/** `type(scope)!: description`. No part of it knows upper and lower case (conventionalcommits.org, point 15). */
const header = /^(?<type>[a-z]+)(?:\([^()]+\))?(?<breaking>!)?: \S/i;
/** Only this one does. */
const breakingFooter = /^BREAKING[ -]CHANGE: \S/m;

function bumpOf({ message, labels: own }: Change, labels: typeof bumpLabels): Bump {
  const { type, breaking } = header.exec(headerOf(message))?.groups ?? {};
  const has = (bump: 'major' | 'minor') => own.some(label => labels[bump].includes(label.toLowerCase()));
  if (breaking !== undefined || breakingFooter.test(message) || has('major')) return 'major';
  return type?.toLowerCase() === 'feat' || has('minor') ? 'minor' : 'patch';
}

function headerOf(message: string): string {
  return message.split(/\r?\n/)[0] ?? '';
}
