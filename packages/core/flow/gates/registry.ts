import * as z from 'zod/mini';
import { asList } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import type { RawRecord } from '../raw.ts';
import { checkFreeze, type FreezePolicy, freeze, readFreeze } from './freeze.ts';
import { noOpenIssues } from './no-open-issues.ts';
import { checkWindow, readWindow, type WindowPolicy, window } from './window.ts';

/** The conditions that an environment sets, as keys of the flow file. */
export const gateKeys = {
  window: z.optional(window),
  freeze: z.optional(freeze),
  'no-open-issues': z.optional(noOpenIssues),
} as const;

const values = z.strictObject(gateKeys);
export type GateValues = z.output<typeof values>;

/** What is asked before anything is changed, by gate. */
export interface Policies {
  /** When releases start. */
  readonly window: WindowPolicy;
  /** When nothing is released. */
  readonly freeze: FreezePolicy;
  /** Labels: an open issue with one of them stops releases. */
  readonly 'no-open-issues': readonly string[];
}

export type GateName = keyof Policies;

/** The gates that an environment has. They travel in the plan, and are judged from there. */
export type Gates = { readonly [Name in GateName]?: Policies[Name] };

/** In the order in which people read them. */
export const gateNames: readonly GateName[] = ['window', 'freeze', 'no-open-issues'];

export function readGates(given: GateValues): Gates {
  const labels = asList(given['no-open-issues']);
  return {
    ...(given.window === undefined ? {} : { window: readWindow(given.window) }),
    ...(given.freeze === undefined ? {} : { freeze: readFreeze(given.freeze) }),
    ...(labels.length === 0 ? {} : { 'no-open-issues': labels }),
  };
}

/** What the schema cannot say of the gates of an environment. */
export function checkGates(name: string, environment: RawRecord): readonly Mistake[] {
  return [...checkWindow(name, environment.window), ...checkFreeze(name, environment.freeze)];
}
