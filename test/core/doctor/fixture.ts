import type { DoctorFacts, EnvironmentSettings } from '#core/doctor/facts';
import type { DoctorFinding } from '#core/doctor/finding';
import { parseFlow } from '#core/flow/parse';
import type { Sought } from '#core/gate/sought';

export const known = <T>(value: T): Sought<T> => ({ known: true, value });

export const notRead: Sought<never> = {
  known: false,
  finding: {
    reason: 'github-permission-missing',
    message: 'GitHub refused it.',
    evidence: {},
    next: 'Give the job `permissions: actions: read`.',
  },
};

/** Reviewed, protected against their own releases, and open to the refs that lead there. */
export const asDemanded: EnvironmentSettings = {
  reviewers: ['lena', '@ops'],
  preventsSelfReview: true,
  waitTimer: 5,
  refs: [
    { kind: 'branch', pattern: 'main' },
    { kind: 'tag', pattern: 'v*.*.*' },
  ],
};

export const kept = { known: true, value: [{ type: 'deletion' }, { type: 'non_fast_forward' }] } as const;

const service = 'target: ecs, cluster: a, service: b, container: c, repository: d';

/** One environment, `prod`, with these lines besides `from`. */
export function factsOf(lines: string, change: Partial<DoctorFacts> = {}, component = service): DoctorFacts {
  const result = parseFlow(
    `version: 1\nservice: s\nroles: { lead: [lena], ops: ['@acme/ops'] }\ncomponents: { a: { ${component} } }\nenvironments:\n  prod:\n${lines.replaceAll(/^/gm, '    ')}\n`,
    { file: 'flow.yml' },
  );
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  const rules = change.rules ?? { 'release-journal/prod': kept, main: known([]) };
  return {
    repository: 'acme/shop',
    flow: result.flow,
    defaultBranch: 'main',
    environments: { prod: known(asDemanded) },
    rules,
    // Branches that nothing protects in the classic way.
    protection: Object.fromEntries(Object.keys(rules).map(branch => [branch, known([])])),
    tagRulesets: known([]),
    journalRulesets: {},
    aws: Object.fromEntries(Object.keys(result.flow.environments).map(name => [name, notRead])),
    subject: known({ custom: false, claims: [] }),
    callers: [],
    ...change,
  };
}

/** `wrong environment prod: reviewers` */
export function heads(findings: readonly DoctorFinding[]): readonly string[] {
  return findings.map(({ is, about }) => `${is} ${about}`);
}
