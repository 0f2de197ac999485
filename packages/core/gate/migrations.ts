import type { MigrationChanges, MigrationsPolicy } from '../flow/gates/migrations.ts';
import { pathPattern } from '../flow/path-pattern.ts';
import { componentsOf, type Plan } from '../plan/plan.ts';
import { few, fewOf } from '../report/few.ts';
import type { RuleVerdict } from '../verdict.ts';
import { notKnown, rule } from './rule.ts';

const name = 'migrations';

/** The files of a commit: path and content, by its hash. */
export type Files = ReadonlyMap<string, string>;

/** What the newer one has that the older one has not, or has otherwise. */
export function migrationChanges(policy: MigrationsPolicy, newer: Files, older: Files): MigrationChanges {
  const isOne = anyOf(policy.files);
  const isFinal = anyOf(policy.irreversible);
  const paths = [...newer].filter(([path, hash]) => isOne(path) && older.get(path) !== hash).map(([path]) => path);
  const irreversible = paths.filter(isFinal).slice(0, 20);
  return { files: paths.length, some: paths.slice(0, 5), irreversible };
}

function anyOf(patterns: readonly string[]): (path: string) => boolean {
  const all = patterns.map(pathPattern);
  return path => all.some(matches => matches(path));
}

/** Migrations between what runs and what is planned that cannot be undone; what is not known may be one. */
export function isFinal({ changes }: MigrationsPolicy): boolean {
  return changes !== undefined && (!changes.known || (changes.value?.irreversible.length ?? 0) > 0);
}

/** Whether the migrations are of one of these components. */
export function concerns({ components }: MigrationsPolicy, planned: readonly string[]): boolean {
  return components.length === 0 || components.some(each => planned.includes(each));
}

/** Told of a release; a rollback does not go across one that cannot be undone (argo-cd#6344). */
export function judgeMigrations(policy: MigrationsPolicy, plan: Plan): readonly RuleVerdict[] {
  const { changes } = policy;
  const planned = componentsOf(plan).map(each => each.name);
  if (!concerns(policy, planned)) {
    return [rule(name, 'pass', 'no-migrations', `They are of ${few(policy.components)}, which stay as they are.`)];
  }
  if (changes === undefined) {
    return [rule(name, 'error', 'gate-not-looked-up', 'Nobody looked which migrations lie between.')];
  }
  if (!changes.known) return [notKnown(name, changes.finding)];
  if (changes.value === null) {
    return [rule(name, 'pass', 'no-migrations', 'Nothing that is known runs here, so there is nothing to compare.')];
  }
  return [plan.operation === 'rollback' ? judgeBack(plan, changes.value) : judgeAhead(plan, changes.value)];
}

function judgeAhead({ runs }: Plan, changes: MigrationChanges): RuleVerdict {
  const { files, some, irreversible } = changes;
  const since = `since ${runs?.version ?? 'what runs'}`;
  if (files === 0) return rule(name, 'pass', 'no-migrations', `None ${since}.`);
  const evidence = { files, some, irreversible };
  const all = `${files} ${since}: ${fewOf(some, files)}.`;
  if (irreversible.length === 0) return rule(name, 'pass', 'migrations-ahead', all, evidence);
  const final = `⚠ **${irreversible.length} of them cannot be undone: ${few(irreversible)}.**`;
  const message = `${all} ${final} A failure is left as it is: ${runs?.version ?? 'what runs'} would not work with what they leave.`;
  return rule(name, 'pass', 'migrations-irreversible', message, evidence);
}

function judgeBack({ from, runs, release }: Plan, changes: MigrationChanges): RuleVerdict {
  const { files, some, irreversible } = changes;
  const bad = (from ?? runs)?.version ?? 'what runs';
  if (files === 0) return rule(name, 'pass', 'no-migrations', `${release.version} knows all of ${bad}.`);
  const evidence = { files, some, irreversible };
  if (irreversible.length === 0) {
    const message = `⚠ ${bad} brought ${files} that ${release.version} does not know, and that stay: ${fewOf(some, files)}.`;
    return rule(name, 'pass', 'migrations-stay', message, evidence);
  }
  const message = `${bad} brought what cannot be undone, and ${release.version} does not work with it: ${few(irreversible)}.`;
  const next = `Go forward: release a fix on top of ${bad}, or a verified version that has ${irreversible.length === 1 ? 'it' : 'them'}. Where ${release.version} works with it all the same, take it out of \`irreversible\` first.`;
  return rule(name, 'fail', 'rollback-incompatible', message, evidence, next);
}
