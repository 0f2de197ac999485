import type { Log } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import { emergencyIssue } from '#core/gate/emergency-issue';
import type { GateFacts, OverdueReview } from '#core/gate/facts';
import type { EnvironmentState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { isSame } from '#core/release';
import type { Verdict } from '#core/verdict';
import type { GitHub } from '#github/client';
import { append, type Writer } from '#github/journal/append';

/** The emergencies whose review is overdue: its issue is open, or nobody knows. */
export async function overdueReviews(
  github: GitHub,
  { operation }: Plan,
  { emergencies }: EnvironmentState,
  now: number,
): Promise<readonly OverdueReview[]> {
  const late = operation === 'rollback' ? [] : emergencies.filter(({ due }) => !(Date.parse(due) > now));
  const found = late.map(async ({ release: { version }, due, issue }): Promise<readonly OverdueReview[]> => {
    if (issue === undefined) return [{ version, due }];
    const { isOpen } = await import('#github/issue-opened-once');
    const open = await isOpen(github, issue.number);
    return open === false ? [] : [{ version, due, issue: { url: issue.url, open } }];
  });
  return (await Promise.all(found)).flat();
}

type GoingOn = Pick<GateFacts, 'plan' | 'stage'> &
  Pick<EnvironmentState, 'emergencies'> & { readonly verdict: Verdict };

/** Opens the review of an emergency that goes on. It must not keep the emergency waiting, so what fails is told, and nothing fails by it. */
export async function openReview(
  log: Log,
  writer: Writer,
  { plan, stage, verdict, emergencies }: GoingOn,
): Promise<void> {
  const { release, environment, glass } = plan;
  if (glass === undefined || stage !== 'release' || verdict.verdict !== 'pass') return;
  const entry = emergencies.find(each => isSame(each.release, release));
  if (entry === undefined || entry.issue !== undefined) return;
  try {
    const wanted = emergencyIssue(plan, glass, { due: entry.due, rules: verdict.rules, run: writer.run });
    const { openIssueOnce } = await import('#github/issue-opened-once');
    const { number, url } = await openIssueOnce(writer.github, wanted);
    await append(writer, environment.name, () => [{ type: 'review-opened', release, issue: number, url }]);
    log.warning(`🔴 An emergency: ${url} is its review, due by ${entry.due}.`);
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    for (const finding of error.findings) log.warning(finding);
  }
}
