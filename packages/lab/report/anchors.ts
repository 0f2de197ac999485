import type { JobRecord, RunRecord } from '../runner/records.ts';

type Attempt = Pick<RunRecord, 'id' | 'attempt'>;

/** `run-30433642`; later attempts have their number behind it. The first is what links of the product lead to. */
export function runAnchor({ id, attempt }: Attempt): string {
  return attempt === 1 ? `run-${id}` : `run-${id}-${attempt}`;
}

export function jobAnchor(run: Attempt, job: Pick<JobRecord, 'key'>): string {
  return `${runAnchor(run)}-${job.key.replace(/[^\w-]+/g, '-')}`;
}

/** `v1.3.0` for `refs/tags/v1.3.0`. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

/** Leads links to runs, issues and pull requests that this page holds to their place in it; others stay. */
export type Resolve = (href: string) => string;

export function resolver(repository: string, runs: readonly Attempt[], issues: readonly number[]): Resolve {
  const anchors = new Set(runs.map(runAnchor));
  const known = new Set(issues);
  return href => {
    const [, place, kind, id, attempt] =
      /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/(actions\/runs|issues|pull)\/(\d+)(?:\/attempts\/(\d+))?/.exec(href) ?? [];
    if (place !== repository || id === undefined) return href;
    if (kind !== 'actions/runs') return known.has(Number(id)) ? `#issue-${id}` : href;
    const anchor = runAnchor({ id: Number(id), attempt: Number(attempt ?? 1) });
    return anchors.has(anchor) ? `#${anchor}` : href;
  };
}
