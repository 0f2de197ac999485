import type { Step } from './schema.ts';
import { type Stage, tell } from './stage.ts';

export type PullRequestWord = 'open-pull-request' | 'review-pull-request' | 'merge-pull-request';

const verdicts = { approve: 'APPROVED', 'request-changes': 'CHANGES_REQUESTED', comment: 'COMMENTED' } as const;

/** What people do to pull requests, which a story knows by their title. */
export function happenToPullRequests(stage: Stage, happening: Pick<Step, PullRequestWord>): void {
  const { repository, pullRequests } = stage;
  const numberOf = (title: string): number => {
    const number = pullRequests.get(title);
    if (number === undefined) throw new Error(`no pull request is called “${title}”`);
    return number;
  };
  const opened = happening['open-pull-request'];
  if (opened !== undefined) {
    const { by, title, head, base, labels = [] } = opened;
    const number = repository.openPullRequest(by, { title, head, labels, ...(base === undefined ? {} : { base }) });
    pullRequests.set(title, number);
    tell(stage, `${by} opens #${number}, ${title}`);
  }
  const reviewed = happening['review-pull-request'];
  if (reviewed !== undefined) {
    const { by, title, says } = reviewed;
    repository.reviewPullRequest(by, numberOf(title), verdicts[says]);
    tell(stage, `${by} reviews #${numberOf(title)}: ${says}`);
  }
  const merged = happening['merge-pull-request'];
  if (merged !== undefined) {
    const { by, title } = merged;
    tell(stage, `${by} merges #${numberOf(title)}`);
    repository.mergePullRequest(by, numberOf(title));
  }
}
