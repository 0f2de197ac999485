import type { Environment } from '../../flow/environment.ts';
import type { Caller, DoctorFacts } from '../facts.ts';
import { type DoctorFinding, ok, unknown, wrong } from '../finding.ts';
import { any } from './condition.ts';
import { type TrustScript, trustScript } from './mend.ts';
import { admits, readTrust, type TrustPolicy } from './policy.ts';
import { readersOf } from './readers.ts';
import { outsidersTo, refsOf, type Subject, strangersTo, subjectOf, tokenOf, workflowAt } from './tokens.ts';

/** A role of an environment, and whom it is for. */
interface Trusted {
  readonly environment: string;
  readonly key: 'role' | 'read-role';
  readonly role: string;
  /** The workflows of the suite that take it. */
  readonly workflows: readonly string[];
  /** The ends of the subjects that it has to let in. */
  readonly contexts: readonly string[];
  readonly strangersTo: typeof strangersTo;
  /** As a sentence, where all is well. */
  readonly well: string;
  readonly next: string;
  readonly script: Pick<TrustScript, 'subjects' | 'like'>;
}

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
  const own = Object.values(facts.flow.environments).filter(each => each.role === role);
  return examine(facts, text, {
    environment,
    key: 'role',
    role,
    workflows: ['release.yml', 'release-in-parts.yml', 'rollback.yml'],
    contexts: [`environment:${environment}`],
    strangersTo,
    well: `Of all whom GitHub gives a token, it lets in the jobs behind ${environment}, in the suite’s workflows, alone.`,
    next: 'Let in the environment’s subject alone, for the audience sts.amazonaws.com, from the suite’s workflows at their tag.',
    script: { subjects: own.map(({ name }) => `environment:${name}`), like: false },
  });
}

/** The same for the role that gates look with: it is for the suite’s workflows, of whatever ref starts them, and for nobody else. */
export function examineReaderTrust(
  facts: DoctorFacts,
  environment: Environment,
  role: string,
  text: string | null,
): readonly DoctorFinding[] {
  return examine(facts, text, {
    environment: environment.name,
    key: 'read-role',
    role,
    workflows: ['release.yml', 'release-in-parts.yml'],
    contexts: readersOf(facts, environment),
    strangersTo: outsidersTo,
    well: 'Of all whom GitHub gives a token, it lets in the suite’s workflows of this repository alone.',
    next: 'Let in the subjects of this repository alone, for the audience sts.amazonaws.com, from the suite’s workflows at their tag.',
    script: { subjects: ['*'], like: true },
  });
}

function examine(facts: DoctorFacts, text: string | null, trusted: Trusted): readonly DoctorFinding[] {
  const { environment, key, role, contexts, next, well } = trusted;
  const about = `trust of ${role}`;
  const evidence = { role, environment };
  if (text === null) {
    const missing = `Make it, with the trust policy and the permissions of the README, or correct \`${key}\` of ${environment}.`;
    return [wrong(about, `There is no role ${role}.`, { next: missing }, evidence)];
  }
  const policy = readTrust(text);
  if (policy === undefined) return [unclear(about, 'Its trust policy could not be read as one.', evidence)];
  const prefix = prefixOf(facts);
  if (prefix === undefined) {
    return [
      unclear(about, 'How the subject of tokens is written is not known, so nobody can say whom it lets in.', evidence),
    ];
  }
  const subjects = contexts.map(context => ({ repository: facts.repository, prefix, context }));
  const callers = facts.callers.filter(({ workflow }) => trusted.workflows.includes(workflow));
  const script = trustScript({ ...trusted.script, role, policy, prefix, callers });
  const judged = judge(policy, subjects, callers, trusted.strangersTo);
  const shown = { ...evidence, subject: subjects.map(subjectOf).join(', ') };
  const findings = [
    ...judged.wrong.map(message => wrong(about, message, { next, script }, shown)),
    ...judged.unclear.map(message => unclear(about, message, evidence)),
  ];
  return findings.length > 0 ? findings : [ok(about, well, shown)];
}

function judge(
  policy: TrustPolicy,
  subjects: readonly Subject[],
  callers: readonly Caller[],
  strangers: Trusted['strangersTo'],
) {
  const wrongs: string[] = [];
  const unclears: string[] = [];
  if (callers.length === 0) {
    unclears.push('No workflow of this working copy takes it, so nobody can say which workflows it has to let in.');
  }
  for (const caller of callers) {
    for (const subject of subjects) {
      const tokens = refsOf(caller).map(ref => tokenOf(subject, workflowAt(caller, ref)));
      const place = `${subjectOf(subject)}, in ${caller.suite}/.github/workflows/${caller.workflow}@${caller.ref}`;
      const letIn = any(tokens.map(claims => admits(policy, claims)));
      if (letIn === 'no') wrongs.push(`It does not let in ${place}: AWS refuses the release.`);
      if (letIn === 'maybe')
        unclears.push(`Whether it lets in ${place} depends on conditions that cannot be judged here.`);
      // What keeps the release out says nothing of others: each is asked with a token that would be let in.
      for (const claims of tokens.filter(each => admits(policy, each) !== 'no')) {
        for (const { who, claims: theirs } of strangers(subject, claims, caller)) {
          const answer = admits(policy, theirs);
          if (answer === 'yes') wrongs.push(`It lets in ${who}.`);
          if (answer === 'maybe' && letIn === 'yes')
            unclears.push(`Whether it lets in ${who} depends on conditions that cannot be judged here.`);
        }
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

function unclear(about: string, message: string, evidence: DoctorFinding['evidence']): DoctorFinding {
  return unknown(about, {
    reason: 'nothing-checked',
    message,
    evidence,
    next: 'Look at it yourself: aws iam get-role --query Role.AssumeRolePolicyDocument --role-name …',
  });
}
