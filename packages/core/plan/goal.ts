import { type Finding, FindingError } from '../finding.ts';
import { speaksAgainst } from '../journal/held.ts';
import { isKnownAs, knownName } from '../journal/published.ts';
import type { EnvironmentState, Standing } from '../journal/state.ts';
import type { Snapshot } from '../receipt.ts';
import { isSame, type Release } from '../release.ts';

/**
 * Where a rollback goes: the verified release of that version, or the newest verified one that is not `bad`. A component that the
 * bad release has brought, and no record of that release knows, goes back to what it was before. Throws a `FindingError` where there
 * is nothing to go back to, naming what there is.
 */
export function rollbackGoal(state: EnvironmentState, version: string | undefined, bad: Release | undefined): Standing {
  const goal = verifiedGoal(state, version, bad);
  return { ...goal, snapshots: { ...ranBefore(state, bad), ...goal.snapshots } };
}

function verifiedGoal(state: EnvironmentState, version: string | undefined, bad: Release | undefined): Standing {
  const { known, environment } = state;
  const [part] = partOf(state, bad);
  const ofPart = known.filter(
    ({ release: { component } }) => part === undefined || [undefined, part].includes(component),
  );
  if (version !== undefined) return namedGoal(state, version, ofPart);
  const isHeld = (standing: Standing) => state.holds.some(hold => speaksAgainst(state, hold, standing));
  const goal = ofPart.find(standing => !isSame(standing.release, bad) && !isHeld(standing));
  if (goal !== undefined) return goal;
  const before = beforeTheFirst(state, bad);
  if (before !== undefined) return before;
  const message = `No verified release of ${environment} is recorded to go back to${bad === undefined ? '' : ` from ${bad.version}`}.`;
  throw refused({
    reason: 'nothing-verified',
    message,
    evidence: { known: known.map(({ release }) => knownName(state, release)) },
  });
}

function namedGoal(state: EnvironmentState, version: string, ofPart: readonly Standing[]): Standing {
  const { environment, known } = state;
  const called = ofPart.filter(({ release }) => isKnownAs(state, release, version));
  const [named] = called;
  if (named === undefined) {
    const versions = known.map(({ release }) => knownName(state, release));
    const message = `${version} was never verified in ${environment}; verified were ${versions.join(', ') || 'none'}.`;
    throw refused({ reason: 'version-unknown', message, evidence: { version, known: versions } });
  }
  if (new Set(called.map(({ release }) => release.component)).size === 1) return named;
  const tags = [...new Set(called.map(({ release }) => release.tag ?? release.version))];
  const message = `${version} is a version of several components in ${environment}: ${tags.join(', ')}.`;
  const next = `Give the tag as \`version\`, as ${tags[0]}.`;
  throw refused({ reason: 'version-unknown', message, evidence: { version, known: tags }, next });
}

/** Of a verified release of one component only that one goes back; out of an attempt, everything goes back to what was before it. */
export function partOf({ attempt }: EnvironmentState, bad: Release | undefined): readonly string[] {
  return attempt === null && bad?.component !== undefined ? [bad.component] : [];
}

/**
 * What a person who asks for a rollback wants to get away from: an attempt that was never verified, otherwise what runs. Nothing
 * when the version they name runs already: then there is nothing bad to hold.
 */
export function goneBackFrom(state: EnvironmentState, version: string | undefined): Release | undefined {
  const bad = state.attempt?.release ?? state.running?.release;
  return bad !== undefined && version !== undefined && isKnownAs(state, bad, version) ? undefined : bad;
}

/**
 * A part goes back alone only from a release that was verified as a whole, and to one that knows that part: otherwise nobody could say
 * what runs afterwards. Throws a `FindingError`. `only` is empty where everything goes back.
 */
export function assertPart(state: EnvironmentState, only: readonly string[], goal: Standing): void {
  if (only.length === 0) return;
  const { environment, attempt } = state;
  const { release, snapshots } = goal;
  const names = only.join(', ');
  const next = 'Bring everything back: leave `components` empty.';
  if (attempt !== null) {
    const message = `${attempt.release.version} is not verified in ${environment}, so ${names} cannot go back alone.`;
    throw refused({ reason: 'part-of-unverified', message, evidence: { version: attempt.release.version }, next });
  }
  const missing = only.filter(name => snapshots[name] === undefined);
  if (missing.length === 0) return;
  const message = `${release.version} knew no ${missing.join(', ')} in ${environment}.`;
  throw refused({ reason: 'part-unknown', message, evidence: { version: release.version, missing }, next });
}

/** The version of what ran before the journal began: nobody recorded which one it was. */
export const unrecorded = 'unrecorded';

/** Where the journal begins nothing is verified yet, but the receipts of the first attempt say what ran before it. */
function beforeTheFirst(state: EnvironmentState, bad: Release | undefined): Standing | undefined {
  const { attempt } = state;
  const snapshots = ranBefore(state, bad);
  const components = Object.keys(snapshots);
  if (attempt === null || components.length === 0) return undefined;
  const { since, run } = attempt;
  return { release: { version: unrecorded, sha: '', tree: '' }, components, snapshots, since, run };
}

/** What the components were before the attempt that is gone back from, as far as they were there at all. */
function ranBefore({ attempt }: EnvironmentState, bad: Release | undefined): Readonly<Record<string, Snapshot>> {
  if (attempt === null || !isSame(attempt.release, bad)) return {};
  return Object.fromEntries(
    Object.entries(attempt.before).flatMap(([component, snapshot]) =>
      snapshot === null ? [] : [[component, snapshot]],
    ),
  );
}

function refused(finding: Finding): FindingError {
  return new FindingError([finding]);
}
