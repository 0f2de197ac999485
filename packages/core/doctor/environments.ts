import { type Approver, approversOf } from '../flow/approvers.ts';
import type { Environment } from '../flow/environment.ts';
import { sameLogin } from '../gate/people.ts';
import type { DoctorFacts, EnvironmentSettings, RefRule } from './facts.ts';
import { type DoctorFinding, ok, unknown, wrong } from './finding.ts';
import { matchesRef } from './fnmatch.ts';
import { environmentScript } from './script.ts';
import { tagGlob } from './tags.ts';

/** GitHub asks no more than these. */
const mostReviewers = 6;

/** Whether GitHub has each environment, asks the people whom the flow file names, and lets in the refs that lead there. */
export function examineEnvironments(facts: DoctorFacts): readonly DoctorFinding[] {
  return Object.values(facts.flow.environments).flatMap(environment => examine(facts, environment));
}

function examine(facts: DoctorFacts, environment: Environment): readonly DoctorFinding[] {
  const { name } = environment;
  const about = `environment ${name}`;
  const sought = facts.environments[name];
  if (sought === undefined) throw new Error(`nobody looked up the environment ${name}`);
  if (!sought.known) return [unknown(about, sought.finding)];
  const approvers = approversOf(facts.flow, environment);
  const refs = wantedRefs(environment, facts.defaultBranch);
  const wanted = { repository: facts.repository, name, reviewers: approvers, refs };
  const settings = sought.value;
  if (settings === null) {
    const message = `GitHub has no environment ${name}, and would make it on the spot, without any protection.`;
    const next = `Make it in the settings of the repository${approvers.length === 0 ? '' : ', with its required reviewers'}.`;
    return [wrong(about, message, { next, script: environmentScript({ ...wanted, waitTimer: 0 }) })];
  }
  // Rules that are there already are not made again.
  const missing = settings.refs === 'any' || settings.refs === 'protected' ? refs : missingRefs(refs, settings.refs);
  const script = environmentScript({ ...wanted, waitTimer: settings.waitTimer, refs: missing });
  return [
    ok(about, `GitHub has the environment ${name}.`),
    ...(environment.approve === undefined ? [] : reviewersOf(about, approvers, settings, script)),
    refsOf(about, { refs, missing, settings, script }),
  ];
}

function reviewersOf(
  about: string,
  approvers: readonly Approver[],
  settings: EnvironmentSettings,
  script: readonly string[],
): readonly DoctorFinding[] {
  const { reviewers } = settings;
  const named = approvers.map(textOf);
  const lacking = approvers.filter(approver => !reviewers.some(reviewer => isSame(approver, reviewer)));
  const others = reviewers.filter(reviewer => !approvers.some(approver => isSame(approver, reviewer)));
  const evidence = { approve: named, reviewers };
  const subject = `${about}: reviewers`;
  const next = `Set its required reviewers to ${named.join(', ')}.`;
  const findings = [
    ...(approvers.length <= mostReviewers
      ? []
      : [
          wrong(
            subject,
            `${approvers.length} people and teams may approve, and GitHub asks at most ${mostReviewers}.`,
            { next: 'Name a team, and make it the required reviewer.' },
            evidence,
          ),
        ]),
    ...(lacking.length === 0
      ? []
      : [
          wrong(
            subject,
            reviewers.length === 0
              ? `GitHub asks nobody: a release waits until ${named.join(' or ')} approve by the operation, and a rollback is refused.`
              : `${lacking.map(textOf).join(', ')} may approve by the flow file, and GitHub does not ask them.`,
            approvers.length > mostReviewers ? { next } : { next, script },
            evidence,
          ),
        ]),
    ...(others.length === 0
      ? []
      : [
          wrong(
            subject,
            `GitHub lets ${others.join(', ')} approve, whose approval the flow file does not count: the release would be refused after their click.`,
            { next, script },
            evidence,
          ),
        ]),
  ];
  const self = `${about}: own releases`;
  const own = settings.preventsSelfReview
    ? ok(self, 'GitHub lets nobody approve a run that they started.')
    : wrong(
        self,
        'GitHub lets whoever started a run approve it; gate-approval refuses that afterwards, when the click is spent.',
        { next: 'Switch on “Prevent self-review” of the environment.', script },
      );
  return [...(findings.length === 0 ? [ok(subject, `GitHub asks ${named.join(', ')}.`, evidence)] : findings), own];
}

/** What has to be let in: the refs that lead there, and the default branch, from which a person starts `rollback.yml`. */
function wantedRefs({ from }: Environment, defaultBranch: string): readonly RefRule[] {
  const rules = from.map((pattern): RefRule => {
    return pattern.kind === 'branch'
      ? { kind: 'branch', pattern: pattern.text }
      : { kind: 'tag', pattern: tagGlob(pattern) };
  });
  const there = rules.some(({ kind, pattern }) => kind === 'branch' && pattern === defaultBranch);
  return there ? rules : [...rules, { kind: 'branch', pattern: defaultBranch }];
}

/** Those of which an example would not be let in. */
function missingRefs(wanted: readonly RefRule[], rules: readonly RefRule[]): readonly RefRule[] {
  return wanted.filter(
    ({ kind, pattern }) =>
      !rules.some(rule => rule.kind === kind && matchesRef(rule.pattern, exampleOf(kind, pattern))),
  );
}

function exampleOf(kind: RefRule['kind'], pattern: string): string {
  return kind === 'branch' ? pattern : pattern.replaceAll('*', '12');
}

interface Refs {
  readonly refs: readonly RefRule[];
  readonly missing: readonly RefRule[];
  readonly settings: EnvironmentSettings;
  readonly script: readonly string[];
}

function refsOf(about: string, { refs, missing, settings, script }: Refs): DoctorFinding {
  const subject = `${about}: branches and tags`;
  const wanted = refs.map(({ kind, pattern }) => `${kind} ${pattern}`);
  const next = `Let in ${wanted.join(', ')} only, under “Deployment branches and tags”.`;
  if (settings.refs === 'any') {
    const message = 'Any branch and any tag may enter: whoever can push a branch can run a workflow there.';
    return wrong(subject, message, { next, script }, { wanted });
  }
  if (settings.refs === 'protected') {
    const tag = refs.find(({ kind }) => kind === 'tag');
    const message =
      tag === undefined
        ? 'Only protected branches may enter; name them, so that what leads here can be held against the flow file.'
        : `Only protected branches may enter, so no tag does, and ${tag.pattern} leads here.`;
    return wrong(subject, message, { next, script }, { wanted });
  }
  const found = settings.refs.map(({ kind, pattern }) => `${kind} ${pattern}`);
  const refused = missing.map(({ kind, pattern }) => `${kind} ${pattern}`);
  const strays = straysAmong(settings.refs, refs).map(({ kind, pattern }) => `${kind} ${pattern}`);
  if (refused.length === 0 && strays.length === 0) {
    return ok(subject, 'What leads here may enter, and so may a rollback from the default branch.', { found });
  }
  const messages = [
    ...(refused.length === 0
      ? []
      : [`GitHub would refuse ${refused.join(', ')}; the default branch is where a rollback is started.`]),
    ...(strays.length === 0
      ? []
      : [`GitHub lets in ${strays.join(', ')}, where more than leads here can run a workflow of its own.`]),
  ];
  return wrong(subject, messages.join(' '), refused.length === 0 ? { next } : { next, script }, { found, wanted });
}

/** Rules that let in whatever has any name, or nothing of what leads here. */
function straysAmong(rules: readonly RefRule[], wanted: readonly RefRule[]): readonly RefRule[] {
  return rules.filter(
    ({ kind, pattern }) =>
      anyNames.some(name => matchesRef(pattern, name)) ||
      !wanted.some(each => each.kind === kind && matchesRef(pattern, exampleOf(kind, each.pattern))),
  );
}

/** What nobody’s flow file names. */
const anyNames = ['x-any-name', 'x-any/name', 'x-any/name/at/all'];

function textOf(approver: Approver): string {
  return approver.kind === 'team' ? `@${approver.organisation}/${approver.team}` : approver.login;
}

/** Reviewers that are teams come as `@slug`. */
function isSame(approver: Approver, reviewer: string): boolean {
  if (approver.kind === 'team') return sameLogin(`@${approver.team}`, reviewer);
  return sameLogin(approver.login, reviewer);
}
