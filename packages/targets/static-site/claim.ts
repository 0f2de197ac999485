import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Result } from '#core/outcome';
import type { Ending } from '#core/target';
import { type HeldState, loadState, saveState } from './records.ts';
import { type Site, shortOf, subjectOf } from './site.ts';
import type { SiteState } from './state.ts';

/** The site is waiting for this change: written down before anything else is. */
export interface Claim {
  readonly by: string;
  readonly generation: number;
  /** As the state was before, to be put back when nothing was touched. */
  readonly earlier: SiteState;
  /** An earlier run has begun the same change. */
  readonly adopted: boolean;
}

/** Takes the site for one change; the same change begun by an earlier run is taken up with its number. */
export async function claim(
  site: Site,
  { state, expected }: HeldState,
  manifest: string,
  before: string | null,
  again = 3,
): Promise<Claim | Ending> {
  const adopted = state.pending?.manifest === manifest;
  const generation = adopted ? state.generation : state.generation + 1;
  const by = `${site.runToken} #${generation}`;
  const earlier: SiteState = { ...state, generation, pending: null };
  try {
    const written = await saveState(site, { ...state, generation, pending: { manifest, before, by } }, expected);
    if (written !== 'otherwise') return { by, generation, earlier, adopted };
    const now = await loadState(site);
    // The reply of our own write was lost.
    if (now !== 'unreadable' && now.state.pending?.by === by && now.state.generation === generation) {
      return { by, generation, earlier, adopted };
    }
    // A run that was killed has begun the same change with its last breath: it is taken up.
    if (now !== 'unreadable' && now.state.pending?.manifest === manifest && again > 0) {
      return claim(site, now, manifest, before, again - 1);
    }
    return { ...superseded(site, now === 'unreadable' ? undefined : now.state), after: null, explanation: [] };
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'denied') throw error;
    // The first write of all: nothing has been changed.
    return { ...findingOf(error), outcome: 'refused', after: null, explanation: [] };
  }
}

/** Why the change may not go on: the site waits for another one by now. Undefined while it is ours. */
export async function whyNotOurs(site: Site, { by }: Claim): Promise<Result | undefined> {
  const now = await loadState(site);
  if (now !== 'unreadable' && now.state.pending?.by === by) return undefined;
  return superseded(site, now === 'unreadable' ? undefined : now.state);
}

/** Ends the claim: `manifest` is shown from now on. */
export async function settle(site: Site, { by, generation }: Claim, manifest: string): Promise<Result | undefined> {
  const now = await loadState(site);
  if (now === 'unreadable' || now.state.pending?.by !== by) {
    return superseded(site, now === 'unreadable' ? undefined : now.state);
  }
  const settled: SiteState = { generation, current: manifest, pending: null };
  if ((await saveState(site, settled, now.expected)) !== 'otherwise') return undefined;
  const after = await loadState(site);
  if (after === 'unreadable') return superseded(site, undefined);
  const isOurs =
    after.state.current === manifest && after.state.pending === null && after.state.generation === generation;
  return isOurs ? undefined : superseded(site, after.state);
}

/** Gives the site back as it was found; where somebody else has it by now, it is theirs. */
export async function giveBack(site: Site, { by, earlier }: Claim): Promise<void> {
  const now = await loadState(site);
  if (now !== 'unreadable' && now.state.pending?.by === by) await saveState(site, earlier, now.expected);
}

function superseded({ place }: Site, now: SiteState | undefined): Result {
  const subject = subjectOf(place);
  const other = now?.pending?.by ?? 'another run';
  const wanted = now?.pending?.manifest ?? now?.current ?? null;
  const message = `Another deployment of ${subject} took over: ${other} brings release ${shortOf(wanted)}.`;
  return {
    outcome: 'superseded',
    reason: 'superseded-by-another',
    message,
    evidence: { bucket: place.bucket, by: other, ...(wanted === null ? {} : { manifest: wanted }) },
  };
}
