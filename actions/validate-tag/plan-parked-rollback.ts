import type { Kit } from '#action-kit/kit';
import { endOf, waitingRollback } from '#core/gate/asked-rollback';
import { rule } from '#core/gate/rule';
import { isKnownAs } from '#core/journal/published';
import type { AskedRollback } from '#core/journal/state';
import { unrecorded } from '#core/plan/goal';
import type { Release } from '#core/release';
import type { GitHub } from '#github/client';
import { readJournal } from '#github/journal/read';
import type { Inputs, RollbackWish } from './inputs.ts';
import type { Planned } from './plan-release.ts';
import { planRollback } from './plan-rollback.ts';

/** The plan of a rollback that somebody else has asked for: the same one, judged as of now. */
export async function planParkedRollback(
  kit: Kit,
  github: GitHub,
  inputs: Inputs,
  { environment, version, why: comment }: RollbackWish,
  by: 'approve' | 'reject',
): Promise<Planned> {
  const { state } = await readJournal(github, environment);
  const waiting = waitingRollback(state);
  if (waiting === undefined || (version !== undefined && !isKnownAs(state, waiting.release, version))) {
    return { rules: [nothing(environment, version, waiting ?? state.rollbacks[0])] };
  }
  const { release, since, request } = waiting;
  const wish = { environment, why: request.why, ...versionOf(release) };
  const { id, originators, only = [] } = request;
  return planRollback(kit, github, inputs, wish, { state, id, originators, only, goesOn: { by, since, comment } });
}

/** What nobody recorded has no version to be named by; it is what there is when nothing else is. */
function versionOf({ version, tag }: Release): Pick<RollbackWish, 'version'> {
  return version === unrecorded ? {} : { version: tag ?? version };
}

function nothing(environment: string, version: string | undefined, newest: AskedRollback | undefined) {
  const wanted = version === undefined ? 'No rollback' : `No rollback to ${version}`;
  const what = newest === undefined ? '' : ` ${endOf(newest)}.`;
  return rule('parked', 'fail', 'nothing-parked', `${wanted} waits in ${environment}.${what}`);
}
