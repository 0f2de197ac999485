import type { Approval } from '../journal/event.ts';
import { isSame } from '../release.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { Dispatch, GateFacts } from './facts.ts';
import { isAmong, isTeam, sameLogin } from './people.ts';
import { approvalOf, nameThem } from './quorum.ts';
import { rule } from './rule.ts';

/** As people know the rule: whoever approves or rejects without being asked. */
export const operationRule = 'operation';

/** Whether somebody’s word on a parked release counts; undefined where this run is nobody’s word. */
export function judgeDispatch(facts: GateFacts): RuleVerdict | undefined {
  const { plan, approval } = facts;
  const by = plan.goesOn?.by;
  if (by === undefined || by === 'go') return undefined;
  const dispatch = approval.kind === 'ahead' ? approval.dispatch : undefined;
  if (dispatch === undefined) return undefined;
  const { release, environment } = plan;
  const { login, comment } = dispatch;
  const refused = notTheirs(dispatch) ?? mayNot(facts, dispatch, by);
  if (refused !== undefined) return refused;
  const words = comment === '' ? '' : `: ${comment}`;
  if (by === 'reject') {
    const next = 'Release another version; a rejection is final for this one.';
    return rule(
      operationRule,
      'fail',
      'release-rejected',
      `${login} rejects ${release.version} for ${environment.name}${words}.`,
      {},
      next,
    );
  }
  return rule(operationRule, 'pass', 'agreed', `${login} approves ${release.version} for ${environment.name}${words}.`);
}

/** The approval that a dispatch is, where it counts. */
export function agreementOf({ approval, now }: GateFacts): readonly Approval[] {
  const dispatch = approval.kind === 'ahead' ? approval.dispatch : undefined;
  return dispatch === undefined ? [] : [approvalOf(dispatch, new Date(now).toISOString(), 'operation')];
}

/** GitHub has to know that it is this person, now: a run that somebody else runs again is not. */
function notTheirs({ login, triggeredBy, attempt, event }: Dispatch): RuleVerdict | undefined {
  if (event === 'workflow_dispatch' && attempt === 1 && sameLogin(login, triggeredBy)) return undefined;
  const message =
    event === 'workflow_dispatch'
      ? `This run was run again by ${triggeredBy}; nobody approves or rejects twice by one dispatch.`
      : `The event ${event} approves and rejects nothing: nobody can be held to it.`;
  return rule(operationRule, 'fail', 'operation-not-dispatched', message, { event, attempt, triggeredBy });
}

function mayNot(
  { plan, state, subject }: GateFacts,
  { login }: Dispatch,
  by: 'approve' | 'reject',
): RuleVerdict | undefined {
  const { originators, release, environment } = plan;
  const { by: people = [] } = environment.approve ?? {};
  const started = isAmong(login, originators);
  if (started && by === 'approve') {
    const message = `${login} started this release, so somebody else has to approve it.`;
    return rule(operationRule, 'fail', 'approval-by-originator', message, { originators });
  }
  if (!isAmong(login, people) && !(started && by === 'reject')) {
    const teams = people.filter(isTeam);
    const message = `${login} is not among ${people.join(', ') || 'those who may: the environment names nobody'}.`;
    if (teams.length === 0) return rule(operationRule, 'fail', 'approval-by-outsider', message, { by: people });
    return rule(
      operationRule,
      'inconclusive',
      'approval-unreadable',
      `Whether ${login} belongs to ${teams.join(', ')} cannot be read with this token.`,
      {},
      nameThem,
    );
  }
  const parked = state.parked.find(entry => isSame(entry.release, release));
  if (parked === undefined) {
    return rule(operationRule, 'fail', 'nothing-parked', `${release.version} no longer waits in ${environment.name}.`);
  }
  if (by === 'reject' || parked.request.subject === subject) return undefined;
  const message = `What would be done is not what ${parked.run.url} has shown: look at the page of this run.`;
  return rule(operationRule, 'fail', 'plan-changed', message, { shown: parked.request.subject, now: subject });
}
