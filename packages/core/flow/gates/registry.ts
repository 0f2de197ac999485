import * as z from 'zod/mini';
import { asList } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import type { RawRecord } from '../raw.ts';
import { type ChecklistPolicy, checklist, readChecklistKey } from './checklist.ts';
import { checkFreeze, type FreezePolicy, freeze, readFreeze } from './freeze.ts';
import { noOpenIssues } from './no-open-issues.ts';
import { type Reviews, readReviews, reviews } from './reviews.ts';
import { checkWindow, readWindow, type WindowPolicy, window } from './window.ts';

/** The conditions that an environment sets, as keys of the flow file. */
export const gateKeys = {
  window: z.optional(window),
  freeze: z.optional(freeze),
  reviews: z.optional(reviews),
  'no-open-issues': z.optional(noOpenIssues),
  checklist: z.optional(checklist),
} as const;

const values = z.strictObject(gateKeys);
export type GateValues = z.output<typeof values>;

/** What is asked before anything is changed, by gate. */
export interface Policies {
  /** When releases start. */
  readonly window: WindowPolicy;
  /** When nothing is released. */
  readonly freeze: FreezePolicy;
  /** All of them. */
  readonly reviews: readonly Reviews[];
  /** Labels: an open issue with one of them stops releases. */
  readonly 'no-open-issues': readonly string[];
  /** Boxes that people tick, and boxes that rules decide. */
  readonly checklist: ChecklistPolicy;
}

export type GateName = keyof Policies;

/** The gates that an environment has. They travel in the plan, and are judged from there. */
export type Gates = { readonly [Name in GateName]?: Policies[Name] };

/** In the order in which people read them. */
export const gateNames: readonly GateName[] = ['window', 'freeze', 'reviews', 'no-open-issues', 'checklist'];

export function readGates(given: GateValues): Gates {
  const wanted = readReviews(given.reviews);
  const labels = asList(given['no-open-issues']);
  return {
    ...(given.window === undefined ? {} : { window: readWindow(given.window) }),
    ...(given.freeze === undefined ? {} : { freeze: readFreeze(given.freeze) }),
    ...(wanted.length === 0 ? {} : { reviews: wanted }),
    ...(labels.length === 0 ? {} : { 'no-open-issues': labels }),
    ...(given.checklist === undefined ? {} : { checklist: readChecklistKey(given.checklist) }),
  };
}

/** What the schema cannot say of the gates of an environment. */
export function checkGates(name: string, environment: RawRecord): readonly Mistake[] {
  return [...checkWindow(name, environment.window), ...checkFreeze(name, environment.freeze)];
}

/** What the flow file leaves to the plan of a release. */
export interface Resolution {
  /** The people behind one name of the flow file. */
  readonly peopleOf: (name: string) => readonly string[];
  /** What is in the file of the checklist. */
  readonly checklist?: Pick<ChecklistPolicy, 'boxes' | 'body'>;
}

/** The gates of a plan: who is named by a role is named by login, and the checklist has its boxes. */
export function resolveGates(gates: Gates, { peopleOf, checklist: file }: Resolution): Gates {
  const { reviews: wanted, checklist: named, ...others } = gates;
  return {
    ...others,
    ...(wanted === undefined
      ? {}
      : { reviews: wanted.map(each => ({ ...each, by: [...new Set(each.roles.flatMap(peopleOf))] })) }),
    ...(named === undefined ? {} : { checklist: { ...named, ...file } }),
  };
}
