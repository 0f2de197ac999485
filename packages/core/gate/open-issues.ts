import { few } from '../report/few.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { OpenIssue } from './lookups.ts';
import { rule } from './rule.ts';

const name = 'open issues';

/** `policy`: the labels. An issue with one of them, as long as it is open, stops the release. */
export function judgeOpenIssues({
  policy,
  found,
}: {
  readonly policy: readonly string[];
  readonly found: readonly OpenIssue[];
}): readonly RuleVerdict[] {
  const [first] = found;
  if (first === undefined) {
    return [
      rule(name, 'pass', 'no-open-issues', `No open issue is labelled ${policy.join(' or ')}.`, { labels: policy }),
    ];
  }
  const issues = found.map(({ number, title, label }) => `#${number} (${label}) ${title}`);
  const message = `${found.length === 1 ? 'An issue is' : `${found.length} issues are`} open: ${few(issues)}.`;
  const next = `Close ${few(found.map(({ number }) => `#${number}`))}, or take the label off where it is not critical.`;
  return [rule(name, 'fail', 'issues-open', message, { issues: found.map(({ url }) => url) }, next)];
}
