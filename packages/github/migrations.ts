import type { Finding } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import { concerns, migrationChanges } from '#core/gate/migrations';
import { seek } from '#core/gate/sought';
import type { PlanFacts } from '#core/plan/make-plan';
import type { Release } from '#core/release';
import type { GitHub } from './client.ts';

interface Way {
  readonly environment: string;
  /** All when empty. */
  readonly components: readonly string[];
  readonly newer: Release | undefined;
  readonly older: Release | undefined;
}

/** The migrations that lie between two releases; empty where the environment does not ask for them. */
export async function migrationsBetween(
  github: GitHub,
  { environments, components: all }: Flow,
  { environment, components, newer, older }: Way,
): Promise<Pick<PlanFacts, 'migrations'>> {
  const policy = environments[environment]?.gates.migrations;
  const planned = components.length > 0 ? components : Object.keys(all);
  if (policy === undefined || !concerns(policy, planned)) return {};
  if (newer === undefined || older === undefined) return { migrations: { known: true, value: null } };
  const unknown = [newer, older].find(({ tree }) => tree === '');
  if (unknown !== undefined) return { migrations: { known: false, finding: noCommit(unknown) } };
  const { filesOf } = await import('./trees.ts');
  const changes = seek(async () => {
    const [after, before] = await Promise.all([filesOf(github, newer.tree), filesOf(github, older.tree)]);
    return migrationChanges(policy, after, before);
  });
  return { migrations: await changes };
}

/** What ran before the journal began. */
function noCommit({ version }: Release): Finding {
  const message = `Which commit ${version} is of is not known, so nobody can tell which migrations it knows.`;
  return { reason: 'files-unreadable', message, evidence: { version } };
}
