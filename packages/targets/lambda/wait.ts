import { formatDuration } from '#core/duration';
import type { Look } from './judge.ts';
import { type Stopped, stopped, type Work } from './work.ts';

/** Looks until it is done. `next` comes with the next beat, or at once and without a value when the run is cancelled. */
export async function waitFor<V>(
  work: Work,
  next: () => Promise<V | undefined>,
  judge: (value: V | undefined) => Look,
): Promise<Stopped | undefined> {
  let phase = '';
  for (;;) {
    const value = await next();
    // What was broken off by the cancellation says nothing.
    const look: Look = value === undefined && work.context.signal.aborted ? { kind: 'going', phase } : judge(value);
    if (look.kind === 'done') return undefined;
    if (look.kind === 'failed') return failed(work, look);
    const given = givenUp(work, look.phase);
    if (given !== undefined) return given;
    if (look.phase !== phase) tell(work, look.phase);
    phase = look.phase;
  }
}

export function failed({ plan }: Work, { reason, message }: Extract<Look, { kind: 'failed' }>): Stopped {
  return stopped({ outcome: 'failed', reason, message, evidence: { function: plan.name, alias: plan.aliasName } });
}

/** The run was cancelled, or its time is up; undefined while it may go on. */
export function givenUp({ context, plan, deadline, started }: Work, phase: string): Stopped | undefined {
  const evidence = { function: plan.name, alias: plan.aliasName };
  if (context.signal.aborted) {
    const message = `Cancelled while ${plan.name} stood at: ${phase}.`;
    return stopped({ outcome: 'stopped', reason: 'cancelled', message, evidence });
  }
  if (context.clock.now() < deadline) return undefined;
  const after = formatDuration(deadline - started);
  const message = `The deployment of ${plan.name} had not ended after ${after}; it stood at: ${phase}.`;
  return stopped({ outcome: 'timed-out', reason: 'timed-out', message, evidence });
}

export function tell(
  { context, plan }: Pick<Work, 'context' | 'plan'>,
  text: string,
  level: 'info' | 'warning' = 'info',
) {
  context.report({ subject: plan.name, text, level });
}
