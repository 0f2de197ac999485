import type { Environment } from '../flow/environment.ts';
import { journalBranch } from '../journal/name.ts';
import type { Guard } from './bypass.ts';
import type { BranchRule, DoctorFacts } from './facts.ts';
import { type DoctorFinding, ok, wrong } from './finding.ts';
import { asFarAsRead, rulesFor } from './rules.ts';
import { journalScript } from './script.ts';

/** Rules of GitHub under which the suite itself could not write a journal any more: a workflow’s token goes round none. */
const inTheWay = [
  'update',
  'creation',
  'pull_request',
  'required_status_checks',
  'required_deployments',
  'merge_queue',
];

/** A journal is what its commits are: it only ever grows. */
const wanted = ['deletion', 'non_fast_forward'] as const;

const deeds = { deletion: 'delete', non_fast_forward: 'push back' };

/** Whether every journal is kept from being pushed back or deleted, and can still be written. */
export function examineJournals(facts: DoctorFacts): readonly DoctorFinding[] {
  return Object.keys(facts.flow.environments).flatMap(name => {
    const branch = journalBranch(name);
    const about = `journal of ${name}`;
    const found = rulesFor(facts, branch);
    const types = new Set(found.rules.map(({ type }) => type));
    const lacking = wanted.filter(type => !types.has(type));
    const blocking = inTheWay.filter(type => types.has(type));
    const evidence = { branch, rules: [...types] };
    return [
      lacking.length === 0
        ? ok(about, `Rules keep ${branch} from being deleted or pushed back.${sparing(found.rules)}`, evidence)
        : asFarAsRead(
            found,
            wrong(
              about,
              `No rule has ${lacking.join(' and ')} for ${branch}: whoever may push could rewrite what was released.`,
              {
                next: 'Protect release-journal/** with a ruleset: no deletion, no force pushes.',
                script: journalScript(facts.repository),
              },
              evidence,
            ),
          ),
      ...(blocking.length === 0
        ? []
        : [
            wrong(
              about,
              `A rule has ${blocking.join(', ')} for ${branch}, so that the workflows could not write to it.`,
              { next: 'Exclude release-journal/** from that ruleset, or from that protection.' },
              evidence,
            ),
          ]),
    ];
  });
}

/** Whom rules that are there let off: those of rulesets hold for everybody who is not on their bypass list. */
function sparing(rules: readonly BranchRule[]): string {
  const spared = wanted.some(wantedType => {
    const held = rules.filter(({ type }) => type === wantedType);
    return held.every(({ sparesAdministrators }) => sparesAdministrators === true);
  });
  return spared ? ' Classic protection lets off administrators, and custom roles that may bypass it.' : '';
}

/** What keeps the journals that are kept, where it is rulesets alone. */
export function journalGuards(facts: Pick<DoctorFacts, 'flow' | 'rules' | 'protection'>): readonly Guard[] {
  return Object.keys(facts.flow.environments).flatMap(name => {
    const branch = journalBranch(name);
    const { rules } = rulesFor(facts, branch);
    const held = wanted.map(type => ({ type, by: rules.filter(rule => rule.type === type) }));
    if (held.some(({ by }) => by.length === 0)) return [];
    return held.flatMap(({ type, by }) => {
      const rulesets = by.flatMap(({ ruleset }) => (ruleset === undefined ? [] : [ruleset]));
      return rulesets.length < by.length ? [] : [{ deed: deeds[type], what: branch, rulesets }];
    });
  });
}

/** Whether the branches that releases come from ask for what the gates of the flow file will ask for. */
export function examineBranches(facts: DoctorFacts): readonly DoctorFinding[] {
  return Object.values(facts.flow.environments).flatMap(environment =>
    sourcesOf(environment, facts.defaultBranch).flatMap(branch => [
      ...examineReviews(facts, environment, branch),
      ...examineChecks(facts, environment, branch),
    ]),
  );
}

/** Branches by name on which the commits of releases have to be. */
export function sourcesOf({ from, tags }: Environment, defaultBranch: string): readonly string[] {
  const own = from.flatMap(pattern => (pattern.kind === 'branch' ? [pattern.text] : []));
  const named = tags.branches.flatMap(selector => (selector.kind === 'name' ? [selector.name] : []));
  const ofTags = from.some(({ kind }) => kind === 'tag') ? (tags.branches.length === 0 ? [defaultBranch] : named) : [];
  return [...new Set([...own, ...ofTags])];
}

function examineReviews(facts: DoctorFacts, environment: Environment, branch: string): readonly DoctorFinding[] {
  const wanted = environment.gates.reviews ?? [];
  if (wanted.length === 0) return [];
  const count = Math.max(...wanted.map(reviews => reviews.count));
  const about = `branch ${branch}: reviews for ${environment.name}`;
  const found = rulesFor(facts, branch);
  const pulls = found.rules.filter(({ type }) => type === 'pull_request');
  const asked = Math.max(0, ...pulls.map(({ reviews = 0 }) => reviews));
  const evidence = { branch, wanted: count, required: asked };
  if (pulls.length > 0 && asked >= count) {
    return [ok(about, `A pull request into ${branch} needs ${asked} approving reviews.`, evidence)];
  }
  const message =
    pulls.length === 0
      ? `No rule asks for a pull request into ${branch}; what is pushed without one could never be released.`
      : `A pull request into ${branch} needs ${asked} approving reviews, and a release ${count}.`;
  const next = `Require a pull request with ${count} approving reviews in a ruleset of ${branch}.`;
  return [asFarAsRead(found, wrong(about, message, { next }, evidence))];
}

function examineChecks(facts: DoctorFacts, environment: Environment, branch: string): readonly DoctorFinding[] {
  const { names = [] } = environment.gates.checks ?? {};
  if (names.length === 0) return [];
  const about = `branch ${branch}: checks for ${environment.name}`;
  const found = rulesFor(facts, branch);
  const required = found.rules.flatMap(({ checks = [] }) => checks);
  const lacking = names.filter(name => !required.includes(name));
  const evidence = { branch, wanted: names, required };
  if (lacking.length === 0) return [ok(about, `A pull request into ${branch} needs ${names.join(', ')}.`, evidence)];
  const message = `A release needs ${lacking.join(', ')}, and what is merged into ${branch} does not.`;
  const next = `Require ${lacking.join(', ')} in a ruleset of ${branch}, where they run on pull requests.`;
  return [asFarAsRead(found, wrong(about, message, { next }, evidence))];
}
