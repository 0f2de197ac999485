import type { Environment } from '../flow/environment.ts';
import type { Flow } from '../flow/parse.ts';
import type { AwsFacts, DoctorFacts, NamedParts } from './facts.ts';
import { type DoctorFinding, ok, unknown, wrong } from './finding.ts';
import { examineReaderTrust, examineTrust } from './trust/examine.ts';

/** Whether an environment has anything in AWS that could be looked at. */
export function isInAws({ components }: Flow, { role, readRole }: Environment): boolean {
  return (
    role !== undefined || readRole !== undefined || Object.values(components).some(({ target }) => target !== 'command')
  );
}

/** Whether roles let in whom they should, and whether what components name is there. */
export function examineAws(facts: DoctorFacts): readonly DoctorFinding[] {
  return Object.values(facts.flow.environments)
    .filter(environment => isInAws(facts.flow, environment))
    .flatMap(environment => {
      const sought = facts.aws[environment.name];
      if (sought === undefined) throw new Error(`nobody looked at ${environment.name} in AWS`);
      return sought.known ? examine(facts, environment, sought.value) : [notRead(environment, sought.finding)];
    });
}

function notRead({ name, role }: Environment, finding: Parameters<typeof unknown>[1]): DoctorFinding {
  const what = role === undefined ? 'What its components name' : `What its components name, and whom ${role} trusts,`;
  const next = 'Have credentials of that account at hand, such as with AWS_PROFILE; in a job, a `read-role`.';
  return unknown(`AWS of ${name}`, { next, ...finding, message: `${what} was not read: ${finding.message}` });
}

function examine(
  facts: DoctorFacts,
  environment: Environment,
  { trust, readTrust, named }: AwsFacts,
): readonly DoctorFinding[] {
  const { name, role, readRole } = environment;
  return [
    ...examineRole(role, trust, (arn, text) => examineTrust(facts, name, arn, text)),
    ...examineRole(readRole, readTrust, (arn, text) => examineReaderTrust(facts, environment, arn, text)),
    ...named.flatMap(each => examineParts(name, each)),
  ];
}

function examineRole(
  role: string | undefined,
  trust: AwsFacts['trust'],
  look: (role: string, text: string | null) => readonly DoctorFinding[],
): readonly DoctorFinding[] {
  if (role === undefined || trust === undefined) return [];
  return trust.known ? look(role, trust.value) : [unknown(`trust of ${role}`, trust.finding)];
}

function examineParts(environment: string, { component, parts }: NamedParts): readonly DoctorFinding[] {
  const about = `${component} in ${environment}`;
  if (!parts.known) return [unknown(about, parts.finding)];
  return parts.value.flatMap(({ what, problems, comes }) => {
    const subject = `${about}: ${what}`;
    if (!problems.known) return [unknown(subject, problems.finding)];
    const next = 'Make it, or correct its name in the flow file.';
    const findings = problems.value.map(problem =>
      wrong(subject, problem.message, { next: problem.next ?? next }, problem.evidence),
    );
    if (findings.length > 0) return findings;
    return [ok(subject, comes === true ? 'It is not there yet: the first release makes it.' : 'It is there.')];
  });
}
