import { parseFlow } from '#core/flow/parse';
import { firstAttempt } from '#core/gate/attempt';
import type { GateFacts } from '#core/gate/facts';
import { judgeRelease } from '#core/gate/judge';
import { type EnvironmentState, emptyState, type Standing } from '#core/journal/state';
import { makePlan, type PlanFacts } from '#core/plan/make-plan';
import type { Plan } from '#core/plan/plan';
import type { Release, RunReference } from '#core/release';
import type { RuleVerdict } from '#core/verdict';

/** What is shown below a heading of docs/gates.md: its tables in their order, each made of what the rules say of these facts. */
export type Examples = Readonly<Record<string, (yaml: string) => readonly (readonly RuleVerdict[])[]>>;

const components = `components:
  api: { target: ecs, cluster: shop, service: api, container: api, repository: unifocus-prod-api }
`;

/** The plan of 1.4.0 for prod, under the gates as the YAML of the page spells them. */
export function planUnder(yaml: string, change: Partial<PlanFacts> = {}): Plan {
  const file = '.github/release-flow.yml';
  const read = parseFlow(`version: 1\nservice: unifocus\n${components}${yaml}`, { file });
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  const made = makePlan({
    ...{ flow: read.flow, file, environment: 'prod', release: release('1.4.0'), artifacts: {}, originators: ['dana'] },
    ...{ now: at('2026-11-17T00:16'), vars: {}, operation: 'release', only: [], runs: release('1.3.0') },
    ...change,
  });
  if (!made.ok) throw new Error(made.findings.map(({ message }) => message).join('\n'));
  return made.plan;
}

/** What the rules of these names say, right before the change unless said. */
export function judged(plan: Plan, names: readonly string[], facts: Partial<GateFacts> = {}): readonly RuleVerdict[] {
  const { rules } = judgeRelease({
    plan,
    stage: 'release',
    state: stateOf('prod'),
    earlier: null,
    lock: { kind: 'free' },
    now: at('2026-11-17T00:16'),
    found: {},
    approval: { kind: 'given', reviews: [], attempt: firstAttempt },
    subject: 'as shown',
    agreed: [],
    rejections: [],
    overdue: [],
    ...facts,
  }).verdict;
  const shown = rules.filter(({ rule }) => names.includes(rule));
  const silent = names.filter(name => !shown.some(({ rule }) => rule === name));
  if (silent.length > 0) throw new Error(`no rule ${silent.join(', ')} was judged`);
  return shown;
}

/** The rows of a judgement that are worth showing, by their number. */
export function some(rules: readonly RuleVerdict[], ...numbers: readonly number[]): readonly RuleVerdict[] {
  return numbers.map(number => {
    const rule = rules[number];
    if (rule === undefined) throw new Error(`there are only ${rules.length} rows`);
    return rule;
  });
}

export function known<T>(value: T) {
  return { known: true, value } as const;
}

export function at(utc: string): number {
  return Date.parse(`${utc}Z`);
}

export function release(version: string): Release {
  const sha = version === '1.4.0' ? '0a2d3fd413d4c9a7f1b6e0d85a1c7e2f90b3d6a8' : `commit of ${version}`;
  return { version, tag: `v${version}`, sha, tree: `tree of ${version}` };
}

export function run(id: number, actor = 'dana'): RunReference {
  const url = `https://github.com/acme/unifocus/actions/runs/${id}/attempts/1`;
  return { repository: 'acme/unifocus', id, attempt: 1, url, actor };
}

/** An environment in which this version runs and is verified; nothing, where none is named. */
export function stateOf(environment: string, version?: string, since = '2026-11-16T23:30'): EnvironmentState {
  if (version === undefined) return emptyState(environment);
  const standing: Standing = {
    ...{ release: release(version), components: ['api'], since: `${since}:00.000Z`, run: run(1) },
    snapshots: { api: { target: 'ecs', schema: 1, state: {} } },
  };
  return { ...emptyState(environment), running: standing, verified: standing, known: [standing] };
}
