import type { Frame, JobSession, OpenStep } from '../job/session.ts';

/** `with:` and `env:` below the first line of a step's log. */
export function sayInputs(step: OpenStep, inputs: Readonly<Record<string, string>>): void {
  const given = Object.entries(inputs).filter(([, value]) => value !== '');
  if (given.length > 0) step.log.say('with:');
  for (const [name, value] of given) step.log.say(`  ${name}: ${value}`);
}

export function sayEnvironment(
  session: JobSession,
  frame: Frame,
  step: OpenStep,
  env: Readonly<Record<string, string>>,
): void {
  const all = { ...Object.fromEntries(session.env), ...frame.env, ...env };
  if (Object.keys(all).length > 0) step.log.say('env:');
  for (const [name, value] of Object.entries(all)) step.log.say(`  ${name}: ${value}`);
}
