import { isObject, resolve, type Scope, textOf } from '../language/expressions.ts';
import type { Template } from '../language/template.ts';
import type { Draft, WaitRecord } from '../records.ts';
import type { Activity } from './activity.ts';
import type { CancelScope } from './cancellation.ts';
import type { ClaimHandle } from './concurrency.ts';
import { beginWait, type RunState } from './run-state.ts';

export interface GroupWish {
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: 'single' | 'max';
}

/** `concurrency` evaluated; undefined when there is none. */
export function readConcurrency(template: Template | undefined, scope: Scope): GroupWish | undefined {
  if (template === undefined) return undefined;
  const value = resolve(template, scope);
  const parts = isObject(value) ? value : { group: value };
  const group = textOf(parts.group ?? null);
  if (group === '') throw new Error('The concurrency group must not be empty');
  const cancelInProgress = parts['cancel-in-progress'] ?? false;
  if (typeof cancelInProgress !== 'boolean') throw new Error(`Unexpected value '${textOf(cancelInProgress)}'`);
  const queue = parts.queue === 'max' ? 'max' : 'single';
  if (queue === 'max' && cancelInProgress)
    throw new Error("'queue: max' cannot be used with 'cancel-in-progress: true'");
  return { group, cancelInProgress, queue };
}

export interface HeldGroup {
  /** False when the place was lost or the wait was cancelled: nothing may run. */
  readonly entered: boolean;
  release(): void;
}

/** Waits for a concurrency group. Losing it later, to `cancel-in-progress`, cancels `cancel`. */
export async function enterGroup(
  run: RunState,
  wish: GroupWish,
  held: ReadonlySet<string>,
  place: {
    readonly activity: Activity;
    readonly cancel: CancelScope;
    readonly waits: Draft<WaitRecord>[];
    readonly onWait: (wait: WaitRecord) => void;
    readonly name: string;
  },
): Promise<HeldGroup> {
  const { activity, cancel } = place;
  if (held.has(wish.group.toLowerCase())) {
    cancel.cancel(
      `Canceling since a deadlock for concurrency group '${wish.group}' was detected between 'top level workflow' and '${place.name}'`,
    );
    return { entered: false, release: () => undefined };
  }
  let handle: ClaimHandle | undefined;
  const noted = beginWait(run.ports.clock.now, [], { for: 'concurrency', detail: wish.group });
  const entered = await activity.rest<boolean>(wake => {
    let settled = false;
    let waiting = false;
    const settle = (granted: boolean) => {
      if (settled) return;
      settled = true;
      if (waiting) run.busy.enter();
      wake(granted);
    };
    handle = run.groups.claim({ ...wish, granted: () => settle(true), cancelled: cancel.cancel });
    if (settled) return;
    waiting = true;
    place.waits.push(noted.wait);
    place.onWait(noted.wait);
    run.busy.leave();
    cancel.onCancel(() => settle(false));
  });
  noted.end(entered ? 'entered' : cancel.reason);
  if (!entered) handle?.release();
  return { entered: entered && !cancel.cancelled, release: () => handle?.release() };
}
