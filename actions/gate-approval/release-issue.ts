import type { Log } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import { ofPeople } from '#core/gate/checklist';
import type { GateFacts } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import {
  commentMarker,
  decidedComment,
  issueBody,
  issueLabel,
  issueMarker,
  issueTitle,
} from '#core/gate/release-issue';
import { seek } from '#core/gate/sought';
import type { Verdict } from '#core/verdict';
import type { Writer } from '#github/journal/append';

/**
 * Opens the issue in which people tick the boxes, once nothing but time and people are missing: nobody is asked about a release that
 * cannot go. Answers the facts with it.
 */
export async function askForTicks({ github, run }: Writer, facts: GateFacts): Promise<GateFacts> {
  const { plan, stage, found } = facts;
  const { checklist } = plan.environment.gates;
  const { checklist: sought } = found;
  if (stage !== 'plan' || checklist === undefined || sought?.known !== true || sought.value !== null) return facts;
  if (ofPeople(checklist).length === 0 || judgeRelease(facts).verdict.verdict !== 'wait') return facts;
  const { openIssueOnce } = await import('#github/issue-opened-once');
  const issue = {
    title: issueTitle(plan),
    body: issueBody(plan, checklist, run),
    marker: issueMarker(plan),
    label: issueLabel,
  };
  return { ...facts, found: { ...found, checklist: await seek(() => openIssueOnce(github, issue)) } };
}

/** Writes what rules have decided into the suite’s own comment. It is for people: nothing is decided by it, so nothing fails by it. */
export async function showDecided(log: Log, { github }: Writer, facts: GateFacts, verdict: Verdict): Promise<void> {
  const { checklist } = facts.plan.environment.gates;
  const sought = facts.found.checklist;
  if (checklist === undefined || sought?.known !== true || sought.value === null) return;
  const body = decidedComment(checklist, verdict.rules);
  if (body === undefined) return;
  const { keepComment } = await import('#github/issue-opened-once');
  try {
    await keepComment(github, { issue: sought.value.number, marker: commentMarker, body });
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    for (const finding of error.findings) log.warning(finding);
  }
}
