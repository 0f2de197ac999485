import { type Entry, type Held, type History, type OfRun, type Place, rules } from './history.ts';

/** What the oracle reads off a history, whatever it asks about. Nothing is imported from the product. */

export function until(history: History, entry: Entry): History {
  return history.slice(0, history.indexOf(entry));
}

export function last<What extends Entry['what']>(history: History, what: What, { run }: { readonly run: number }) {
  return history.findLast(
    (entry): entry is Extract<Entry, { what: What }> => entry.what === what && 'run' in entry && entry.run === run,
  );
}

export function isSameAttempt(one: OfRun, other: OfRun): boolean {
  return one.run === other.run && one.attempt === other.attempt;
}

/** Whether somebody may approve, and reject. */
export function mayApprove(login: string): boolean {
  return rules.approvers.some(each => each === login);
}

export function blindFor(history: History): ReadonlySet<string> {
  const blind = new Set<string>();
  for (const entry of history) {
    if (entry.what === 'unreadable') blind.add(entry.source);
    if (entry.what === 'readable') blind.delete(entry.source);
  }
  return blind;
}

export function runningAfter(history: History): Place | undefined {
  return runningSince(history)?.place;
}

/** What prod runs, and the entry by which it came there. */
export function runningSince(history: History): { readonly place: Place; readonly since: Entry } | undefined {
  for (const since of history.toReversed()) {
    if (since.what === 'stood') return { place: since.commit, since };
    if (since.what === 'came-back' || since.what === 'went-back') return { place: since.to, since };
    const planned = since.what === 'changed' ? last(history, 'planned', since) : undefined;
    if (planned !== undefined) return { place: planned.commit, since };
  }
  return undefined;
}

/** What people have held, and what was gone back from: that is held until somebody says that it may come again. */
export function holdsAfter(history: History, now: number): readonly Held[] {
  const holds = new Map<string, Held>();
  for (const entry of history) {
    if (entry.what === 'held') holds.set(entry.hold.id, entry.hold);
    if (entry.what === 'resumed') holds.delete(entry.id);
    const bad = entry.what === 'ended' ? goneBackFrom(history, entry) : undefined;
    if (bad === undefined || isHeldForGood([...holds.values()], bad)) continue;
    holds.set(`rollback-${bad.version}`, { id: `rollback-${bad.version}`, version: bad.version });
  }
  return [...holds.values()].filter(hold => hold.until === undefined || hold.until > now);
}

/** What ran before the way back that has come to its end here. */
export function goneBackFrom(history: History, ended: OfRun): Place | undefined {
  const back = history.find(
    (entry): entry is Extract<Entry, { what: 'came-back' | 'went-back' }> =>
      (entry.what === 'came-back' || entry.what === 'went-back') && isSameAttempt(entry, ended),
  );
  const bad = back === undefined ? undefined : runningAfter(until(history, back));
  return bad?.sha === back?.to.sha ? undefined : bad;
}

function isHeldForGood(holds: readonly Held[], { version }: Place): boolean {
  return holds.some(hold => hold.version === version && hold.component === undefined && hold.until === undefined);
}

/** Another run has begun, and neither ended nor died. */
export function takenFromOthers(history: History, { run }: OfRun): readonly string[] {
  const busy = new Set<number>();
  for (const entry of history) {
    if (entry.what === 'began') busy.add(entry.run);
    if (entry.what === 'ended' || entry.what === 'died') busy.delete(entry.run);
  }
  return [...busy].filter(other => other !== run).map(other => `run ${other} was at work`);
}
