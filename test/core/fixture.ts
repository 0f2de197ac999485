import type { Happening, JournalEvent, Lock } from '#core/journal/event';
import { foldAll } from '#core/journal/fold';
import { type EnvironmentState, emptyState, type Standing } from '#core/journal/state';
import type { Plan, PlannedApproval, PlannedEnvironment } from '#core/plan/plan';
import type { Snapshot } from '#core/receipt';
import type { Release, RunReference } from '#core/release';
import type { RuleVerdict } from '#core/verdict';

export const NOON = Date.parse('2026-11-02T12:00:00.000Z');
export const MINUTE = 60_000;

/** `1.4.0` of the commit `sha-1.4.0`, unless a test is about its content. */
export function release(version: string, content: Partial<Release> = {}): Release {
  return { version, tag: `v${version}`, sha: `sha-${version}`, tree: `tree-${version}`, ...content };
}

export function run(id: number, actor = 'ann', attempt = 1): RunReference {
  const url = `https://github.com/acme/unifocus/actions/runs/${id}/attempts/${attempt}`;
  return { repository: 'acme/unifocus', id, attempt, url, actor };
}

export function snapshot(image: string): Snapshot {
  return { target: 'ecs', schema: 1, state: { image } };
}

export function lockOf(id: number, actor = 'ann'): Lock {
  return { run: run(id, actor), reason: 'release of 1.4.0', since: at(0) };
}

export function at(minutes: number): string {
  return new Date(NOON + minutes * MINUTE).toISOString();
}

export const passed: RuleVerdict = {
  rule: 'smoke',
  verdict: 'pass',
  reason: 'smoke-passed',
  message: 'Every step passed.',
  evidence: {},
};

/** Events as one run writes them, a minute apart. */
export function events(happenings: readonly Happening[], by: RunReference = run(1)): readonly JournalEvent[] {
  return happenings.map((happening, index) => ({
    schema: 1,
    id: `${by.id}-${index}`,
    at: at(index),
    run: by,
    ...happening,
  }));
}

export function stateAfter(happenings: readonly Happening[], before: EnvironmentState = emptyState('prod')) {
  return foldAll(before, events(happenings));
}

/** What a release writes whose only component is `api`: it runs, and it is verified. */
export function verifiedRelease(
  version: string,
  was: string | null,
  content: Partial<Release> = {},
): readonly Happening[] {
  const receipt = { component: 'api', before: was === null ? null : snapshot(was), after: snapshot(version) };
  return [
    { type: 'started', release: release(version, content), components: ['api'] },
    { type: 'receipt', release: release(version, content), receipt, outcome: 'succeeded' },
    { type: 'verified', release: release(version, content), checks: [passed] },
  ];
}

export function standing(version: string, content: Partial<Release> = {}): Standing {
  const snapshots = { api: snapshot(version) };
  return { release: release(version, content), components: ['api'], snapshots, since: at(0), run: run(1) };
}

export function planOf(
  version: string,
  change: Partial<Plan> = {},
  environment: Partial<PlannedEnvironment> = {},
): Plan {
  return {
    schema: 1,
    operation: 'release',
    service: 'unifocus',
    flow: '.github/release-flow.yml',
    environment: {
      name: 'prod',
      gates: {},
      queue: 'newest',
      enforce: true,
      onFailure: 'rollback',
      vars: {},
      ...environment,
    },
    release: release(version),
    waves: [],
    artifacts: {},
    originators: ['ann'],
    made: at(0),
    ...change,
  };
}

export function approvalBy(by: readonly string[], change: Partial<PlannedApproval> = {}): PlannedApproval {
  return { by, roles: by, count: 1, ...change };
}

/** A release that waits, as it was asked for. */
export function parkedEvent(version: string, change: Partial<Extract<Happening, { type: 'parked' }>> = {}) {
  const request = {
    ref: `refs/tags/v${version}`,
    originators: ['ann'],
    components: ['api'],
    subject: 'what is to be done',
  };
  const waits = { type: 'parked', release: release(version), reason: 'window-closed', missing: [] } as const;
  return { ...waits, request, artifacts: {}, ...change } satisfies Happening;
}
