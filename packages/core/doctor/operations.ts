import type { Environment } from '../flow/environment.ts';
import { type GateName, gateNames } from '../flow/gates/registry.ts';
import { few } from '../report/few.ts';
import type { Caller, DoctorFacts } from './facts.ts';
import { type DoctorFinding, ok, wrong } from './finding.ts';

/** The gates that wait for time or people, rather than fail. */
const waiting: readonly GateName[] = ['window', 'freeze', 'checks', 'soak', 'checklist'];

/** Whether what waits for time or people can go on at all: by a workflow that hands the suite an `operation`. */
export function examineOperations(facts: DoctorFacts): readonly DoctorFinding[] {
  return Object.values(facts.flow.environments).flatMap(environment => [
    ...examineReleases(facts, environment),
    ...examineRollbacks(facts, environment),
  ]);
}

function examineReleases(facts: DoctorFacts, environment: Environment): readonly DoctorFinding[] {
  const { name, gates, approve } = environment;
  const byOperation = approve !== undefined && (approve.count > 1 || asksNobody(facts, environment));
  const reasons = [
    ...gateNames.filter(gate => waiting.includes(gate) && gates[gate] !== undefined),
    ...(byOperation ? ['approve'] : []),
  ];
  if (reasons.length === 0) return [];
  const about = `what waits in ${name}`;
  const evidence = { environment: name, reasons };
  const callers = operating(facts, ['release.yml', 'release-in-parts.yml']);
  if (callers.length > 0) return [ok(about, `It goes on by ${few(callers.map(({ file }) => file))}.`, evidence)];
  const message = `A release may wait there for ${few(reasons)}, and no workflow of this working copy lets it go on: none hands an \`operation\` to release.yml.`;
  const next = 'Copy operate.yml of an example of the suite, with its schedule.';
  return [wrong(about, message, { next }, evidence)];
}

/** Where GitHub asks nobody, a rollback waits until somebody starts its workflow again, to approve. */
function examineRollbacks(facts: DoctorFacts, environment: Environment): readonly DoctorFinding[] {
  const { name, approve } = environment;
  if (approve === undefined || !asksNobody(facts, environment)) return [];
  const callers = facts.callers.filter(({ workflow }) => workflow === 'rollback.yml');
  if (callers.length === 0 || operating(facts, ['rollback.yml']).length > 0) return [];
  const message = `Somebody has to approve a rollback of ${name}, where GitHub asks nobody, and ${few(callers.map(({ file }) => file))} cannot say so: it hands no \`operation\` to rollback.yml.`;
  const next =
    'Copy the inputs of rollback.yml of an example of the suite, or give the environment required reviewers.';
  return [wrong(`rollbacks that wait in ${name}`, message, { next }, { environment: name })];
}

/** As far as it is known: required reviewers that could not be read may be there. */
function asksNobody({ environments }: DoctorFacts, { name }: Environment): boolean {
  const settings = environments[name];
  return settings?.known === true && settings.value?.reviewers.length === 0;
}

function operating({ callers }: DoctorFacts, workflows: readonly string[]): readonly Caller[] {
  return callers.filter(({ workflow, inputs }) => workflows.includes(workflow) && inputs.includes('operation'));
}
