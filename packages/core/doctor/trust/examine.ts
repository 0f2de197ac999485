import type { Caller, DoctorFacts } from '../facts.ts';
import { type DoctorFinding, ok, unknown, wrong } from '../finding.ts';
import { any } from './condition.ts';
import { trustScript } from './mend.ts';
import { admits, readTrust, type TrustPolicy } from './policy.ts';
import { refsOf, type Subject, strangersTo, tokenOf, workflowAt } from './tokens.ts';

/** Workflows of the suite that take a role which changes things. */
const changing = ['release.yml', 'release-in-parts.yml', 'rollback.yml'];

/**
 * Whether a role lets in the jobs behind its environment, and nobody else whom GitHub gives a token. `text` is its trust policy; null where
 * the account has no such role.
 */
export function examineTrust(
  facts: DoctorFacts,
  environment: string,
  role: string,
  text: string | null,
): readonly DoctorFinding[] {
  const about = `trust of ${role}`;
  const evidence = { role, environment };
  if (text === null) {
    const next = `Make it, with the trust policy and the permissions of the README, or correct \`role\` of ${environment}.`;
    return [wrong(about, `There is no role ${role}.`, { next }, evidence)];
  }
  const policy = readTrust(text);
  if (policy === undefined) return [unclear(about, 'Its trust policy could not be read as one.', evidence)];
  const prefix = prefixOf(facts);
  if (prefix === undefined) {
    return [
      unclear(about, 'How the subject of tokens is written is not known, so nobody can say whom it lets in.', evidence),
    ];
  }
  const subject = { repository: facts.repository, prefix, environment };
  const callers = facts.callers.filter(({ workflow }) => changing.includes(workflow));
  const script = trustScript(facts, role, policy, prefix, callers);
  const next =
    'Let in the environment’s subject alone, for the audience sts.amazonaws.com, from the suite’s workflows at their tag.';
  const judged = judge(policy, subject, callers);
  const findings = [
    ...judged.wrong.map(message =>
      wrong(about, message, { next, script }, { ...evidence, subject: subjectOf(subject) }),
    ),
    ...judged.unclear.map(message => unclear(about, message, evidence)),
  ];
  if (findings.length > 0) return findings;
  return [
    ok(
      about,
      `Of all whom GitHub gives a token, it lets in the jobs behind ${environment}, in the suite’s workflows, alone.`,
      {
        ...evidence,
        subject: subjectOf(subject),
      },
    ),
  ];
}

function judge(policy: TrustPolicy, subject: Subject, callers: readonly Caller[]) {
  const wrongs: string[] = [];
  const unclears: string[] = [];
  if (callers.length === 0) {
    unclears.push('No workflow of this working copy takes it, so nobody can say which workflows it has to let in.');
  }
  for (const caller of callers) {
    const tokens = refsOf(caller).map(ref => tokenOf(subject, workflowAt(caller, ref)));
    const place = `${subjectOf(subject)}, in ${caller.suite}/.github/workflows/${caller.workflow}@${caller.ref}`;
    const letIn = any(tokens.map(claims => admits(policy, claims)));
    if (letIn === 'no') wrongs.push(`It does not let in ${place}: AWS refuses the release.`);
    if (letIn === 'maybe')
      unclears.push(`Whether it lets in ${place} depends on conditions that cannot be judged here.`);
    // What keeps the release out says nothing of others: each is asked with a token that would be let in.
    for (const claims of tokens.filter(each => admits(policy, each) !== 'no')) {
      for (const { who, claims: theirs } of strangersTo(subject, claims, caller)) {
        const answer = admits(policy, theirs);
        if (answer === 'yes') wrongs.push(`It lets in ${who}.`);
        if (answer === 'maybe' && letIn === 'yes')
          unclears.push(`Whether it lets in ${who} depends on conditions that cannot be judged here.`);
      }
    }
  }
  return { wrong: [...new Set(wrongs)], unclear: [...new Set(unclears)] };
}

/** As GitHub says it, or else in the form of repositories that have no ids in it; undefined where the subject is written in another way. */
function prefixOf({ repository, subject }: DoctorFacts): string | undefined {
  if (!subject.known) return undefined;
  const { custom, claims, prefix = `repo:${repository}` } = subject.value;
  const usual = !custom || claims.join() === 'repo,context';
  return usual ? prefix : undefined;
}

function subjectOf({ prefix, environment }: Subject): string {
  return `${prefix}:environment:${environment}`;
}

function unclear(about: string, message: string, evidence: DoctorFinding['evidence']): DoctorFinding {
  return unknown(about, {
    reason: 'nothing-checked',
    message,
    evidence,
    next: 'Look at it yourself: aws iam get-role --query Role.AssumeRolePolicyDocument --role-name …',
  });
}
