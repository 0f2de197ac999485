import { createHash } from 'node:crypto';
import { planOf } from '#action-kit/common-inputs';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { judgeApproval, judgeApprovalAhead } from '#core/gate/approval';
import { type GateFacts, judgeEvidence, judgeStart } from '#core/gate/rules';
import type { Happening } from '#core/journal/event';
import { isSameRun } from '#core/journal/lock';
import type { Plan } from '#core/plan/plan';
import { sameBuild } from '#core/release';
import { judge, type RuleVerdict, type Verdict } from '#core/verdict';
import { reviewsOf } from '#github/approvals';
import { append, type Writer } from '#github/journal/append';
import { lockJudgement } from '#github/journal/lock';
import { type Journal, readJournal } from '#github/journal/read';
import { reviewersOf } from '#github/reviewers';
import { createWriter } from '#github/writer';
import { readComparison } from './comparison.ts';
import type { Inputs } from './inputs.ts';
import { gatePage, reviewersPage } from './page.ts';

/** Judges whether the release may go on: once for the reviewer, and once more right before the change. */
export async function gateApproval(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { clock, random, run } = kit;
  const plan = planOf(inputs.plan, inputs.environment);
  const writer = createWriter({ token: inputs.githubToken, apiUrl: run.apiUrl, run: run.run, clock, random });
  const facts = await gatherFacts(writer, plan);
  const evidence = judgeEvidence(facts);
  const verdict =
    inputs.stage === 'plan'
      ? await planStage(kit, inputs, writer, facts, evidence)
      : await releaseStage(kit, inputs, writer, facts, evidence);
  return {
    kind: 'verdict',
    verdict,
    details: { environment: plan.environment.name, release: plan.release },
    waitIsGreen: inputs.stage === 'plan',
  };
}

async function gatherFacts(writer: Writer, plan: Plan): Promise<GateFacts> {
  const { name, after } = plan.environment;
  const [journal, earlier] = await Promise.all([
    readJournal(writer.github, name),
    after === undefined ? null : readJournal(writer.github, after),
  ]);
  const lock = await lockJudgement(writer, journal);
  return { plan, state: journal.state, earlier: earlier?.state ?? null, lock, now: writer.now() };
}

async function planStage(
  kit: Kit,
  inputs: Inputs,
  writer: Writer,
  facts: GateFacts,
  evidence: readonly RuleVerdict[],
): Promise<Verdict> {
  const { plan } = facts;
  const { approve, name } = plan.environment;
  const [comparison, reviewers] = await Promise.all([
    readComparison(writer.github, facts.state.running?.release.sha, plan.release.sha),
    approve === undefined ? [] : reviewersOf(writer.github, name),
  ]);
  const verdict = judge([...evidence, judgeApprovalAhead(plan, reviewers)]);
  kit.summary(reviewersPage(facts, verdict, comparison));
  if (verdict.verdict === 'pass' && !inputs.dryRun) {
    const planDigest = createHash('sha256').update(inputs.plan).digest('hex');
    await append(writer, plan.environment.name, journal => {
      // A build that was run again is another one: from here on this is what the environment runs.
      const known = journal.state.recorded.some(
        ({ release, artifacts }) => release.sha === plan.release.sha && sameBuild(artifacts, plan.artifacts),
      );
      const planned: Happening = {
        type: 'planned',
        release: plan.release,
        artifacts: known ? {} : plan.artifacts,
        planDigest,
      };
      return [planned];
    });
  }
  return verdict;
}

async function releaseStage(
  kit: Kit,
  inputs: Inputs,
  writer: Writer,
  facts: GateFacts,
  evidence: readonly RuleVerdict[],
): Promise<Verdict> {
  const { plan } = facts;
  const { run } = kit.run;
  const { approve, name } = plan.environment;
  const again = approve !== undefined && run.attempt > 1;
  const [reviews, reviewers] = await Promise.all([
    approve === undefined ? [] : reviewsOf(writer.github, run, name),
    again ? reviewersOf(writer.github, name) : undefined,
  ]);
  const used = facts.state.approved.find(
    entry => isSameRun(entry.run, run) && entry.run.attempt < run.attempt,
  )?.reviews;
  const attempt = { number: run.attempt, used: used ?? 0, reviewers };
  const approval = judgeApproval({ plan, reviews, attempt, now: facts.now });
  const verdict = judge([...evidence, ...judgeStart(facts), approval.verdict]);
  kit.summary(gatePage(plan, verdict));
  if (verdict.verdict === 'pass' && approval.approvals.length > 0 && !inputs.dryRun) {
    const approved: Happening = {
      type: 'approved',
      release: plan.release,
      approvals: approval.approvals,
      reviews: reviews?.length ?? 0,
    };
    // The jobs of one run that wait together are let in by one click: it is written down once.
    const isThere = ({ state }: Journal) =>
      state.approved.some(entry => isSameRun(entry.run, run) && entry.run.attempt === run.attempt);
    await append(writer, plan.environment.name, journal => (isThere(journal) ? [] : [approved]));
  }
  return verdict;
}
