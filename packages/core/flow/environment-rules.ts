import { parseRefPattern } from '../version/pattern.ts';
import { checkBreakGlass } from './break-glass.ts';
import { checkMigrations } from './gates/migrations.ts';
import { checkGates } from './gates/registry.ts';
import { findCycle } from './graph.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Mistake } from './problem.ts';
import { checkPublish } from './publish.ts';
import { asRecord, isRecord, type RawRecord, recordsIn, textsAt } from './raw.ts';
import { checkTagPolicy, warnOfPrefixes } from './tag-rules.ts';

/** What the schema cannot say about environments: their order, who takes which ref, who approves. */
export function checkEnvironments(file: RawRecord): readonly Mistake[] {
  const environments = recordsIn(file.environments);
  const names = environments.map(([name]) => name);
  const components = Object.keys(asRecord(file.components));
  return [
    ...checkAfter(environments),
    ...checkFrom(environments),
    ...environments.flatMap(([name, environment]) => checkApproval(name, environment)),
    ...environments.flatMap(([name, environment]) => checkGates(name, environment)),
    ...environments.flatMap(([name, environment]) => checkBreakGlass(name, environment)),
    ...environments.flatMap(([name, environment]) => checkMigrations(name, environment, components)),
    ...environments.flatMap(([name, environment]) => checkWatch(name, environment)),
    ...environments.flatMap(([name, environment]) => checkTagPolicy(name, environment, names)),
    ...environments.flatMap(([name, environment]) => checkPublish(name, environment, file)),
  ];
}

type Environments = readonly (readonly [string, RawRecord])[];

function checkAfter(environments: Environments): readonly Mistake[] {
  const names = environments.map(([name]) => name);
  const after = environments.flatMap(([name, { after: earlier }]) =>
    typeof earlier === 'string' ? [{ name, earlier, path: ['environments', name, 'after'] }] : [],
  );
  const unknown = after
    .filter(({ earlier }) => !names.includes(earlier))
    .map(({ earlier, path }) => ({ path, message: `no environment \`${earlier}\``, hint: didYouMean(earlier, names) }));
  const cycle = findCycle(Object.fromEntries(after.map(({ name, earlier }) => [name, [earlier]])));
  const first = cycle?.[0];
  if (cycle === undefined || first === undefined) return unknown;
  return [...unknown, { path: ['environments', first, 'after'], message: `comes after itself: ${cycle.join(' → ')}` }];
}

/**
 * A ref must lead to one environment, or the file would not say where a release goes. A branch may be promoted: it leads to the first of
 * several that come after each other, and to a later one where the caller names it.
 */
function checkFrom(environments: Environments): readonly Mistake[] {
  const takenBy = new Map<string, string>();
  const comesAfter = (name: string, other: string, seen: readonly string[] = []): boolean => {
    const earlier = environments.find(([each]) => each === name)?.[1].after;
    if (typeof earlier !== 'string' || seen.includes(earlier)) return false;
    return earlier === other || comesAfter(earlier, other, [...seen, earlier]);
  };
  return environments.flatMap(([name, { from }]) =>
    textsAt(from, ['environments', name, 'from']).flatMap(({ text, path }): readonly Mistake[] => {
      const pattern = parseRefPattern(text);
      if (!pattern.ok) return [];
      const other = takenBy.get(text);
      takenBy.set(text, other ?? name);
      if (other === undefined) return [];
      if (other === name) return [{ path, message: `\`${text}\` is listed twice` }];
      if (pattern.value.kind === 'branch' && comesAfter(name, other)) return [];
      const hint =
        'a kind of tag leads to one environment; a branch to another one only if that comes `after` the first';
      return [{ path, message: `\`${text}\` already leads to \`${other}\``, hint }];
    }),
  );
}

function checkApproval(name: string, environment: RawRecord): readonly Mistake[] {
  const approve = asRecord(environment.approve);
  const path = ['environments', name, 'approve'];
  const by = textsAt(approve.by, [...path, 'by']);
  const texts = by.map(({ text }) => text);
  return by
    .filter(({ text }, index) => texts.indexOf(text) !== index)
    .map(entry => ({ path: entry.path, message: `\`${entry.text}\` is listed twice` }));
}

function checkWatch(name: string, environment: RawRecord): readonly Mistake[] {
  const watch = environment.watch;
  if (!isRecord(watch) || watch['fail-if'] !== undefined || watch.alarms !== undefined) return [];
  const message = 'watches nothing, so it could never fail';
  return [{ path: ['environments', name, 'watch'], message, hint: 'give `fail-if` or `alarms`', at: 'key' }];
}

/** What is allowed, yet probably not meant. */
export function warnOfEnvironments(file: RawRecord): readonly Mistake[] {
  return [...warnOfPrefixes(file), ...warnOfApprovers(file)];
}

function warnOfApprovers(file: RawRecord): readonly Mistake[] {
  const roles = Object.keys(asRecord(file.roles));
  return recordsIn(file.environments).flatMap(([name, environment]) =>
    peopleNamed(name, environment).flatMap(({ text, path }) => {
      const meant = roles.includes(text) || text.startsWith('@') ? undefined : nearest(text, roles);
      if (meant === undefined) return [];
      return [
        {
          path,
          message: `\`${text}\` is taken for a login: there is no such role`,
          hint: `did you mean \`${meant}\`?`,
        },
      ];
    }),
  );
}

/** Everybody who is named in an environment: of `approve`, and of each entry of `reviews`, which may be one or a list. */
function peopleNamed(name: string, { approve, reviews }: RawRecord) {
  const path = ['environments', name];
  const wanted = Array.isArray(reviews)
    ? reviews.map((each, index) => ({ each, at: [...path, 'reviews', index] }))
    : [{ each: reviews, at: [...path, 'reviews'] }];
  return [
    ...textsAt(asRecord(approve).by, [...path, 'approve', 'by']),
    ...wanted.flatMap(({ each, at }) => textsAt(asRecord(each).by, [...at, 'by'])),
  ];
}
