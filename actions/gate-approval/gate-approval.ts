import { planOf } from '#action-kit/common-inputs';
import { gitHubAccess } from '#action-kit/github-access';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { subjectDigest } from '#action-kit/plan-text';
import type { GateFacts } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import type { Plan } from '#core/plan/plan';
import type { Writer } from '#github/journal/append';
import { lockJudgement } from '#github/journal/lock';
import { readJournal } from '#github/journal/read';
import { createWriter } from '#github/writer';
import { readComparison } from './comparison.ts';
import { openReview, overdueReviews } from './emergency.ts';
import { forecastOf } from './forecast.ts';
import type { Inputs } from './inputs.ts';
import { lookUp, type Sources } from './look-up.ts';
import { gatePage, reviewersPage } from './page.ts';
import { whatWasSaid, whoApproved, whomItAsks } from './people.ts';
import { record } from './record.ts';
import { askForTicks, showDecided } from './release-issue.ts';

/** Judges whether the release may go on: once for the reviewer, and once more right before the change. */
export async function gateApproval(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { stage } = inputs;
  const plan = planOf(inputs.plan, inputs.environment, inputs.flow);
  const writer = createWriter(gitHubAccess(kit, inputs.githubToken));
  const places = async () => {
    const { openPlaces } = await import('./places.ts');
    return openPlaces(kit, plan, stage);
  };
  const looked = await gatherFacts(kit, writer, plan, {
    stage,
    places,
    proposed: inputs.dryRun ? proposedBy(kit) : undefined,
  });
  const facts = inputs.dryRun ? looked : await askForTicks(writer, looked);
  const judgement = judgeRelease(facts);
  const { verdict } = judgement;
  if (stage === 'plan') {
    const { running } = facts.state;
    const [comparison, forecast] = await Promise.all([
      readComparison(writer.github, running?.release.sha, plan.release.sha),
      forecastOf(writer.github, plan, facts.state),
    ]);
    kit.summary(reviewersPage(facts, verdict, { comparison, forecast }));
  } else {
    kit.summary(gatePage(plan, verdict));
  }
  kit.setOutput('until', verdict.until ?? '');
  kit.setOutput('missing', JSON.stringify(verdict.missing ?? []));
  if (!inputs.dryRun) {
    const { emergencies } = await record(writer, inputs.plan, facts, judgement);
    await showDecided(kit.log, writer, facts, verdict);
    await openReview(kit.log, writer, { plan, stage, verdict, emergencies });
  }
  for (const { reason, message } of verdict.rules) if (reason === 'review-overdue') kit.log.warning(message);
  return {
    kind: 'verdict',
    verdict,
    details: { environment: plan.environment.name, release: plan.release },
    waitIsGreen: stage === 'plan',
  };
}

async function gatherFacts(
  kit: Kit,
  writer: Writer,
  plan: Plan,
  { stage, places, proposed }: Pick<GateFacts, 'stage'> & Pick<Sources, 'places' | 'proposed'>,
): Promise<GateFacts> {
  const { name, after } = plan.environment;
  const { github } = writer;
  const reading = readJournal(github, name);
  const [journal, earlier, found] = await Promise.all([
    reading,
    after === undefined ? null : readJournal(github, after),
    lookUp({ github, plan, places, state: async () => (await reading).state, now: writer.now(), proposed }),
  ]);
  const { state } = journal;
  const [lock, approval, overdue, said] = await Promise.all([
    lockJudgement(writer, journal),
    stage === 'plan' ? whomItAsks(kit, writer, plan) : whoApproved(writer, plan, state),
    overdueReviews(github, plan, state, writer.now()),
    whatWasSaid(writer, plan, state),
  ]);
  const subject = subjectDigest(plan);
  return {
    plan,
    stage,
    state,
    earlier: earlier?.state ?? null,
    lock,
    now: writer.now(),
    found,
    approval,
    subject,
    overdue,
    ...said,
  };
}

/** The open pull request that this run is about. Only a look asks what would be if it were merged. */
function proposedBy({ run: { eventName, event } }: Kit): number | undefined {
  const { number } = event;
  return eventName === 'pull_request' && typeof number === 'number' ? number : undefined;
}
