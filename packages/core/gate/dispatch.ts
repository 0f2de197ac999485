import type { Approval } from '../journal/event.ts';
import type { Plan } from '../plan/plan.ts';
import type { RuleVerdict } from '../verdict.ts';
import { rollbackName } from './asked-rollback.ts';
import type { Dispatch, GateFacts } from './facts.ts';
import { waitingFor } from './parked.ts';
import { isAmong, isTeam, sameLogin } from './people.ts';
import { approvalOf, askedFor, nameThem } from './quorum.ts';
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
  const { environment } = plan;
  const what = nameOfWhatWaits(plan);
  const { login, comment } = dispatch;
  const refused = notTheirs(dispatch) ?? mayNot(facts, dispatch, by);
  if (refused !== undefined) return refused;
  const words = comment === '' ? '' : `: ${comment}`;
  if (by === 'reject') {
    const message = `${login} rejects ${what} for ${environment.name}${words}.`;
    if (plan.operation === 'rollback') {
      const next = 'Ask for another one where it is needed after all; a rejection is final for this one.';
      return rule(operationRule, 'fail', 'rollback-rejected', message, {}, next);
    }
    const next = 'Release another version; a rejection is final for this one.';
    return rule(operationRule, 'fail', 'release-rejected', message, {}, next);
  }
  return rule(operationRule, 'pass', 'agreed', `${login} approves ${what} for ${environment.name}${words}.`);
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
  const { originators, environment } = plan;
  const { by: people = [] } = environment.approve ?? {};
  const started = isAmong(login, originators);
  if (started && by === 'approve') {
    const message = `${login} ${askedFor(plan)}, so somebody else has to approve it.`;
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
  const parked = waitingFor(plan, state);
  if (parked === undefined) {
    const message = `In ${environment.name} ${nameOfWhatWaits(plan)} no longer waits.`;
    return rule(operationRule, 'fail', 'nothing-parked', message);
  }
  if (by === 'reject' || parked.request.subject === subject) return undefined;
  const message = `What would be done is not what ${parked.run.url} has shown: look at the page of this run.`;
  const next =
    plan.operation === 'rollback' ? 'Ask for the rollback again: its page shows what would be done now.' : undefined;
  return rule(operationRule, 'fail', 'plan-changed', message, { shown: parked.request.subject, now: subject }, next);
}

function nameOfWhatWaits(plan: Plan): string {
  return plan.operation === 'rollback' ? rollbackName(plan) : plan.release.version;
}
