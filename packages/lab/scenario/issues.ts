import type { Step } from './schema.ts';
import { type Stage, tell } from './stage.ts';

export type IssueWord = 'open-issue' | 'close-issue';

/** What people do to the issues of the repository. */
export function happenToIssues(stage: Stage, happening: Pick<Step, IssueWord>): void {
  const { repository } = stage;
  const opened = happening['open-issue'];
  if (opened !== undefined) {
    const { by, title, labels = [] } = opened;
    const number = repository.openIssue(by, { title, labels });
    tell(stage, `${by} opens #${number}, ${title}`);
  }
  const closed = happening['close-issue'];
  if (closed !== undefined) {
    const number = repository.closeIssue(closed.by, closed.title);
    tell(stage, `${closed.by} closes #${number}, ${closed.title}`);
  }
}
