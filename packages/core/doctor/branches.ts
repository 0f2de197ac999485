import type { Environment } from '../flow/environment.ts';
import { journalBranch } from '../journal/name.ts';
import type { DoctorFacts } from './facts.ts';
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

/** Whether every journal is kept from being pushed back or deleted, and can still be written. */
export function examineJournals(facts: DoctorFacts): readonly DoctorFinding[] {
  return Object.keys(facts.flow.environments).flatMap(name => {
    const branch = journalBranch(name);
    const about = `journal of ${name}`;
    const found = rulesFor(facts, branch);
    const types = new Set(found.rules.map(({ type }) => type));
    const lacking = ['deletion', 'non_fast_forward'].filter(type => !types.has(type));
    const blocking = inTheWay.filter(type => types.has(type));
    const evidence = { branch, rules: [...types] };
    return [
      lacking.length === 0
        ? ok(about, `Nobody can delete ${branch} or push it back.`, evidence)
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
