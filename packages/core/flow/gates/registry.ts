import * as z from 'zod/mini';
import { asList } from '../fields.ts';
import { noOpenIssues } from './no-open-issues.ts';
import { type Reviews, readReviews, reviews } from './reviews.ts';

/** The conditions that an environment sets, as keys of the flow file. */
export const gateKeys = {
  reviews: z.optional(reviews),
  'no-open-issues': z.optional(noOpenIssues),
} as const;

const values = z.strictObject(gateKeys);
export type GateValues = z.output<typeof values>;

/** What is asked before anything is changed, by gate. */
export interface Policies {
  /** All of them. */
  readonly reviews: readonly Reviews[];
  /** Labels: an open issue with one of them stops releases. */
  readonly 'no-open-issues': readonly string[];
}

export type GateName = keyof Policies;

/** The gates that an environment has. They travel in the plan, and are judged from there. */
export type Gates = { readonly [Name in GateName]?: Policies[Name] };

/** In the order in which people read them. */
export const gateNames: readonly GateName[] = ['reviews', 'no-open-issues'];

export function readGates(given: GateValues): Gates {
  const wanted = readReviews(given.reviews);
  const labels = asList(given['no-open-issues']);
  return {
    ...(wanted.length === 0 ? {} : { reviews: wanted }),
    ...(labels.length === 0 ? {} : { 'no-open-issues': labels }),
  };
}

/** The gates of a plan: who is named by a role is named by login. `peopleOf` resolves one name of the flow file. */
export function withPeople(gates: Gates, peopleOf: (name: string) => readonly string[]): Gates {
  const { reviews: wanted, ...others } = gates;
  if (wanted === undefined) return others;
  return { ...others, reviews: wanted.map(each => ({ ...each, by: [...new Set(each.roles.flatMap(peopleOf))] })) };
}
