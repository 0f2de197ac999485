import * as z from 'zod/mini';
import { asList } from '../fields.ts';
import { noOpenIssues } from './no-open-issues.ts';

/** The conditions that an environment sets, as keys of the flow file. */
export const gateKeys = {
  'no-open-issues': z.optional(noOpenIssues),
} as const;

const values = z.strictObject(gateKeys);
export type GateValues = z.output<typeof values>;

/** What is asked before anything is changed, by gate. It travels in the plan, and is judged from there. */
export interface Gates {
  /** Labels: an open issue with one of them stops releases. */
  readonly 'no-open-issues'?: readonly string[];
}

export type GateName = keyof Gates;

/** In the order in which people read them. */
export const gateNames: readonly GateName[] = ['no-open-issues'];

export function readGates(given: GateValues): Gates {
  const labels = asList(given['no-open-issues']);
  return { ...(labels.length === 0 ? {} : { 'no-open-issues': labels }) };
}
