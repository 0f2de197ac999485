import { journalGuards, sourcesOf } from '#core/doctor/branches';
import type { DoctorFacts } from '#core/doctor/facts';
import type { Flow } from '#core/flow/parse';
import { type Sought, seek } from '#core/gate/sought';
import { journalBranch } from '#core/journal/name';
import type { GitHub } from './client.ts';
import { defaultBranch } from './commits.ts';
import { branchProtection, branchRules } from './rules.ts';
import { readRuleset, tagRulesets } from './rulesets.ts';
import { environmentSettings, subjectSettings } from './settings.ts';

/** What GitHub has of a repository, as far as a flow file demands something of it; what cannot be read is kept with the reason. */
export async function repositoryFacts(github: GitHub, flow: Flow): Promise<Omit<DoctorFacts, 'aws' | 'callers'>> {
  const branch = await defaultBranch(github);
  const names = Object.keys(flow.environments);
  const branches = [
    ...names.map(journalBranch),
    ...Object.values(flow.environments).flatMap(environment => sourcesOf(environment, branch)),
  ];
  const [environments, rules, protection, tags, subject] = await Promise.all([
    each(names, name => environmentSettings(github, name)),
    each(branches, name => branchRules(github, name)),
    each(branches, name => branchProtection(github, name)),
    seek(() => tagRulesets(github)),
    seek(() => subjectSettings(github)),
  ]);
  const guarding = journalGuards({ flow, rules, protection }).flatMap(({ rulesets }) => rulesets);
  return {
    repository: github.repository,
    flow,
    defaultBranch: branch,
    environments,
    rules,
    protection,
    tagRulesets: tags,
    journalRulesets: await each(guarding.map(String), id => readRuleset(github, Number(id))),
    subject,
  };
}

async function each<T>(
  names: readonly string[],
  read: (name: string) => Promise<T>,
): Promise<Readonly<Record<string, Sought<T>>>> {
  const entries = await Promise.all(
    [...new Set(names)].map(async name => [name, await seek(() => read(name))] as const),
  );
  return Object.fromEntries(entries);
}
