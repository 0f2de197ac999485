import type { Expectation, Step } from './schema.ts';
import { differs, holds, lacks } from './shortfall.ts';
import { type Stage, tell } from './stage.ts';

export type IssueWord = 'open-issue' | 'edit-issue' | 'close-issue' | 'reopen-issue';

/** What people do to the issues of the repository. */
export function happenToIssues(stage: Stage, happening: Pick<Step, IssueWord>): void {
  const { repository } = stage;
  const opened = happening['open-issue'];
  if (opened !== undefined) {
    const { by, title, labels = [] } = opened;
    const number = repository.openIssue(by, { title, labels });
    tell(stage, `${by} opens #${number}, ${title}`);
  }
  const edited = happening['edit-issue'];
  if (edited !== undefined) {
    const number = repository.editIssue(edited.by, edited.title, edited.replace);
    tell(stage, `${edited.by} edits #${number}, ${edited.title}`);
  }
  const closed = happening['close-issue'];
  if (closed !== undefined) {
    const number = repository.closeIssue(closed.by, closed.title);
    tell(stage, `${closed.by} closes #${number}, ${closed.title}`);
  }
  const again = happening['reopen-issue'];
  if (again !== undefined) {
    const number = repository.reopenIssue(again.by, again.title);
    tell(stage, `${again.by} opens #${number} again, ${again.title}`);
  }
}

export function issueShortfalls(
  { repository }: Stage,
  { title, times, open, has, lacks: unwanted, comments }: NonNullable<Expectation['issue']>,
): readonly string[] {
  const found = repository.issuesNamed(title);
  const [issue] = found;
  const what = `issue “${title}”`;
  const counted = differs(`how many issues are called “${title}”`, times, found.length);
  if (issue === undefined) return times === undefined ? [`there is no ${what}`] : counted;
  return [
    ...counted,
    ...differs(`whether ${what} is open`, open, issue.open),
    ...lacks(what, has, issue.body),
    ...holds(what, unwanted, issue.body),
    ...differs(`comments of ${what}`, comments?.length, comments === undefined ? undefined : issue.comments.length),
    ...(comments ?? []).flatMap((wanted, index) =>
      lacks(`comment ${index + 1} of ${what}`, wanted, issue.comments[index] ?? ''),
    ),
  ];
}
