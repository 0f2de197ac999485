import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Refusal } from './refusal.ts';
import type { Step } from './steps.ts';

/** What a saved plan says: for each resource its steps, and what it is to be. */
export interface Plan {
  readonly resourcePlans: Readonly<Record<string, { readonly goal: unknown; readonly steps: readonly string[] }>>;
}

export function savePlan(path: string, steps: readonly Step[]): void {
  const resourcePlans = Object.fromEntries(
    steps.map(({ urn, operation, goal }) => [urn, { goal: goal?.inputs ?? null, steps: [operation] }]),
  );
  writeFileSync(path, JSON.stringify({ manifest: { time: new Date().toISOString(), version: 'lab' }, resourcePlans }), {
    mode: 0o600,
  });
}

export function readPlan(path: string): Plan {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Plan;
  } catch (error) {
    throw new Refusal(`open ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Where the steps exceed the plan, in the engine’s words. A step less is fine: the plan limits, it does not demand. Source: the help of
 * `up --plan`: “will not perform operations that exceed its plan (e.g. replacements instead of updates, or updates instead of sames)”.
 */
export function violations(
  plan: Plan,
  steps: readonly Step[],
): readonly { readonly urn: string; readonly message: string }[] {
  return steps.flatMap(({ urn, operation, goal }) => {
    if (operation === 'same') return [];
    const planned = plan.resourcePlans[urn];
    const allowed = planned?.steps ?? [];
    if (planned !== undefined && !isDeepStrictEqual(planned.goal, goal?.inputs ?? null)) {
      return [
        {
          urn,
          message: `resource ${urn} violates plan: properties changed: ${text(planned.goal, goal?.inputs ?? {})}`,
        },
      ];
    }
    if (allowed.includes(operation)) return [];
    const was = allowed.length === 0 ? 'no steps' : allowed.join(', ');
    return [
      {
        urn,
        message: `resource ${urn} violates plan: ${operation} is not allowed by the plan: this resource is constrained to ${was}`,
      },
    ];
  });
}

/** With the values of both sides, as the engine prints them, secrets among them. */
function text(planned: unknown, wanted: Readonly<Record<string, unknown>>): string {
  const before: Readonly<Record<string, unknown>> = { ...(planned as Record<string, unknown> | null) };
  const names = [...new Set([...Object.keys(before), ...Object.keys(wanted)])];
  return names
    .filter(name => !isDeepStrictEqual(before[name], wanted[name]))
    .map(name => `~~${name}[{${String(before[name])}}!={${String(wanted[name])}}]`)
    .join(', ');
}
