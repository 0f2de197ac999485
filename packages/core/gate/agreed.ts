import type { Approval } from '../journal/event.ts';
import type { GateFacts } from './facts.ts';
import { isAmong } from './people.ts';
import { approvalOf } from './quorum.ts';
import { begunIn } from './what-runs.ts';

/**
 * The approvals that were given by the operation `approve` and count: of somebody who may, who did not start the release, whom GitHub
 * knows to have dispatched it, for what is to be done now, from what is known to run since, and not longer ago than an approval lasts.
 */
export function agreements(facts: GateFacts): readonly Approval[] {
  const { plan, subject, agreed, now } = facts;
  const { approve } = plan.environment;
  if (approve === undefined) return [];
  const begun = begunIn(facts);
  const { by, within = Number.POSITIVE_INFINITY } = approve;
  return agreed
    .filter(
      entry =>
        entry.dispatched === true &&
        entry.subject === subject &&
        isAmong(entry.login, by) &&
        !isAmong(entry.login, plan.originators) &&
        // A time that cannot be read is long ago.
        now - Date.parse(entry.at) <= within &&
        begun.every(({ since }) => Date.parse(since) < Date.parse(entry.at)),
    )
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map(entry => approvalOf(entry, entry.at, 'operation'));
}
