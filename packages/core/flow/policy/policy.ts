import * as z from 'zod/mini';
import { environmentKeys } from '../environment.ts';
import { documented, list, NAME, named, parsed } from '../fields.ts';
import { explainIssue, withoutEchoes } from '../issues.ts';
import { readApprover } from '../names.ts';
import { byPosition, type Path, type Problem } from '../problem.ts';
import { asRecord } from '../raw.ts';
import { readSource, type Source } from '../source.ts';
import { type PolicyReference, showPolicyReference } from './reference.ts';
import { policyKeys } from './strictness.ts';

/** The rules of an organisation, which hold in every repository that extends them. */
export interface Policy {
  readonly reference: PolicyReference;
  readonly source: Source;
}

/** In place of the name of an environment: all of them. */
export const everyEnvironment = '*';

const ofEnvironment = documented(
  z.strictObject(Object.fromEntries(Object.entries(environmentKeys).filter(([key]) => policyKeys.includes(key)))),
  'What is asked there, at least.',
);

const topKeys = {
  version: documented(z.literal(1), 'The version of this format.'),
  roles: z.optional(
    named(
      list(parsed(readApprover, 'A login, or a team as @org/team.'), 'The people of this role.'),
      'Groups of people; a repository may leave some out, and add none.',
    ),
  ),
  enforce: z.optional(
    documented(z.boolean(), 'Whether the gates stop anything. With `false`, a repository may still say `true`.', {
      default: true,
    }),
  ),
  environments: documented(
    z.record(z.string().check(z.maxLength(64), z.regex(new RegExp(`^\\*$|${NAME.source}`))), ofEnvironment),
    'What holds in the environments of these names; in all of them as `"*"`.',
  ),
} as const;

export const policyFile = documented(z.strictObject(topKeys), 'The rules of an organisation for its releases.');

export type PolicyResult =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the file of a policy. Never throws; the places of its problems are in that file. */
export function parsePolicy(text: string, reference: PolicyReference): PolicyResult {
  const { source, broken, problems } = readSource(text, showPolicyReference(reference));
  if (broken) return { ok: false, problems };
  const result = z.safeParse(policyFile, source.value);
  const vocabulary = { value: source.value, written: source.written, keysAt, elsewhere: () => undefined };
  const mistakes = (result.error?.issues ?? []).flatMap(issue => explainIssue(issue, vocabulary));
  const all = [...problems, ...withoutEchoes(mistakes, source.value).map(source.locate)].toSorted(byPosition);
  return all.length === 0 ? { ok: true, policy: { reference, source } } : { ok: false, problems: all };
}

function keysAt(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(topKeys);
  return path[0] === 'environments' && path.length === 2 ? policyKeys : [];
}

/** Which environments the policy speaks of, besides all of them. */
export function environmentsOf({ source }: Policy): readonly string[] {
  return Object.keys(asRecord(asRecord(source.value).environments)).filter(name => name !== everyEnvironment);
}
