import { planOf } from '#action-kit/common-inputs';
import type { ActionEnd, Kit } from '#action-kit/kit';
import type { ApprovalFacts, GateFacts } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import { isSameRun } from '#core/journal/lock';
import type { EnvironmentState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { reviewsOf } from '#github/approvals';
import type { Writer } from '#github/journal/append';
import { lockJudgement } from '#github/journal/lock';
import { readJournal } from '#github/journal/read';
import { reviewersOf } from '#github/reviewers';
import { createWriter } from '#github/writer';
import { readComparison } from './comparison.ts';
import type { Inputs } from './inputs.ts';
import { lookUp, type Sources } from './look-up.ts';
import { gatePage, reviewersPage } from './page.ts';
import { record } from './record.ts';

/** Judges whether the release may go on: once for the reviewer, and once more right before the change. */
export async function gateApproval(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { clock, random, run } = kit;
  const { stage } = inputs;
  const plan = planOf(inputs.plan, inputs.environment, inputs.flow);
  const writer = createWriter({ token: inputs.githubToken, apiUrl: run.apiUrl, run: run.run, clock, random });
  const places = async () => {
    const { openPlaces } = await import('./places.ts');
    return openPlaces(kit, plan, stage);
  };
  const facts = await gatherFacts(writer, plan, { stage, places });
  const judgement = judgeRelease(facts);
  const { verdict } = judgement;
  if (stage === 'plan') {
    const { running } = facts.state;
    const comparison = await readComparison(writer.github, running?.release.sha, plan.release.sha);
    kit.summary(reviewersPage(facts, verdict, comparison));
  } else {
    kit.summary(gatePage(plan, verdict));
  }
  kit.setOutput('until', verdict.until ?? '');
  kit.setOutput('missing', JSON.stringify(verdict.missing ?? []));
  if (!inputs.dryRun) await record(writer, inputs.plan, facts, judgement);
  return {
    kind: 'verdict',
    verdict,
    details: { environment: plan.environment.name, release: plan.release },
    waitIsGreen: stage === 'plan',
  };
}

async function gatherFacts(
  writer: Writer,
  plan: Plan,
  { stage, places }: Pick<GateFacts, 'stage'> & Pick<Sources, 'places'>,
): Promise<GateFacts> {
  const { name, after } = plan.environment;
  const { github } = writer;
  const reading = readJournal(github, name);
  const state = async () => (await reading).state;
  const [journal, earlier, found] = await Promise.all([
    reading,
    after === undefined ? null : readJournal(github, after),
    lookUp({ github, plan, places, state, now: writer.now() }),
  ]);
  const lock = await lockJudgement(writer, journal);
  const approval = stage === 'plan' ? await whomItAsks(writer, plan) : await whoApproved(writer, plan, journal.state);
  return {
    plan,
    stage,
    state: journal.state,
    earlier: earlier?.state ?? null,
    lock,
    now: writer.now(),
    found,
    approval,
  };
}

async function whomItAsks({ github }: Writer, { environment }: Plan): Promise<ApprovalFacts> {
  return {
    kind: 'ahead',
    reviewers: environment.approve === undefined ? [] : await reviewersOf(github, environment.name),
  };
}

async function whoApproved(writer: Writer, plan: Plan, state: EnvironmentState): Promise<ApprovalFacts> {
  const { github, run } = writer;
  const { approve, name } = plan.environment;
  const again = approve !== undefined && run.attempt > 1;
  const [reviews, reviewers] = await Promise.all([
    approve === undefined ? [] : reviewsOf(github, run, name),
    again ? reviewersOf(github, name) : undefined,
  ]);
  const letIn = state.approved.find(entry => isSameRun(entry.run, run) && entry.run.attempt < run.attempt);
  return { kind: 'given', reviews, attempt: { number: run.attempt, used: letIn?.reviews ?? 0, reviewers } };
}
