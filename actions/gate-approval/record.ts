import { createHash } from 'node:crypto';
import { agreementOf, operationRule } from '#core/gate/dispatch';
import type { GateFacts } from '#core/gate/facts';
import type { Judgement } from '#core/gate/judge';
import { droppedBy, parkedBy, stillWaits } from '#core/gate/parked';
import { sameLogin } from '#core/gate/people';
import { recordFacts } from '#core/gate/record';
import type { Happening } from '#core/journal/event';
import { isSameRun } from '#core/journal/lock';
import type { EnvironmentState } from '#core/journal/state';
import { isSame, sameBuild } from '#core/release';
import { append, type Writer } from '#github/journal/append';
import type { Journal } from '#github/journal/read';

/** Writes down what was judged, from which facts, and what follows from it. `planText`: the plan as it was handed over. Answers what is true then. */
export async function record(
  writer: Writer,
  planText: string,
  facts: GateFacts,
  judgement: Judgement,
): Promise<EnvironmentState> {
  const { release, environment } = facts.plan;
  const { verdict, reason, rules } = judgement.verdict;
  const judged: Judged = {
    type: 'judged',
    release,
    stage: facts.stage,
    verdict,
    reason,
    rules,
    facts: recordFacts(facts),
  };
  // The jobs of one run that wait together are let in by one click, and judged alike: it is written down once.
  const { state } = await append(writer, environment.name, journal => {
    if (isWritten(journal, writer, judged) || stillWaits(facts.plan, judgement.verdict, facts.subject, journal.state))
      return [];
    return [judged, ...said(facts, judgement, journal), ...consequences(planText, facts, judgement, journal)];
  });
  return state;
}

function isWritten({ state: { judged } }: Journal, { run }: Writer, { stage, verdict, reason }: Judged): boolean {
  return (
    judged !== null &&
    isSameRun(judged.run, run) &&
    judged.run.attempt === run.attempt &&
    judged.stage === stage &&
    judged.verdict === verdict &&
    judged.reason === reason
  );
}

type Judged = Extract<Happening, { type: 'judged' }>;

/** What people have said who were not asked, or in other runs. */
function said(facts: GateFacts, { verdict }: Judgement, { state }: Journal): readonly Happening[] {
  const { plan, rejections = [], subject } = facts;
  const { release } = plan;
  const news = rejections.filter(
    ({ login }) => !state.rejected.some(entry => isSame(entry.release, release) && sameLogin(entry.login, login)),
  );
  const elsewhere = news.map(
    ({ login, comment }): Happening => ({ type: 'rejected', release, login, comment, source: 'environment' }),
  );
  const word = verdict.rules.find(({ rule }) => rule === operationRule)?.reason;
  if (word === 'agreed') {
    return [...elsewhere, { type: 'approved', release, approvals: agreementOf(facts), reviews: 0, subject }];
  }
  const [{ login, comment = '' } = { login: '' }] = agreementOf(facts);
  if (word === 'rollback-rejected') {
    const note = `${login} rejected it: ${comment}`;
    return [{ type: 'rollback-ended', release, request: plan.request?.id ?? 0, how: 'rejected', note }];
  }
  if (word !== 'release-rejected') return elsewhere;
  return [...elsewhere, { type: 'rejected', release, login, comment, source: 'operation' }];
}

function consequences(
  planText: string,
  facts: GateFacts,
  { verdict, approvals }: Judgement,
  { state }: Journal,
): readonly Happening[] {
  const { plan, stage, approval, subject } = facts;
  const { release, artifacts } = plan;
  if (verdict.verdict === 'wait') return parkedBy(plan, verdict, subject, state);
  if (verdict.verdict !== 'pass') return [];
  if (stage === 'plan') {
    const planDigest = createHash('sha256').update(planText).digest('hex');
    // A build that was run again is another one: from here on this is what the environment runs.
    const known = state.recorded.some(
      entry => entry.release.sha === release.sha && sameBuild(entry.artifacts, artifacts),
    );
    return [...droppedBy(plan, state), { type: 'planned', release, artifacts: known ? {} : artifacts, planDigest }];
  }
  const emergency = brokenGlass(facts, state);
  if (approvals.length === 0 || approval.kind !== 'given') return emergency;
  return [...emergency, { type: 'approved', release, approvals, reviews: approval.reviews?.length ?? 0 }];
}

function brokenGlass({ plan, now }: GateFacts, { emergencies }: EnvironmentState): readonly Happening[] {
  const { glass, release, environment } = plan;
  if (glass === undefined || emergencies.some(entry => isSame(entry.release, release))) return [];
  const due = new Date(now + (environment.review ?? 0)).toISOString();
  return [{ type: 'broke-glass', release, ...glass, due }];
}
