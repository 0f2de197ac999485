import type { Frame, JobSession, OpenStep, Status } from '../job/session.ts';
import type { UsesWork } from '../language/workflow.ts';
import { runComposite } from './composite.ts';
import { sayEnvironment, sayInputs } from './header.ts';
import { readInputs } from './inputs.ts';
import { runKnownAction } from './known.ts';
import { runNodeAction } from './node-action.ts';
import { resolveAction } from './resolve-action.ts';

/** A step with `uses`. `env` is the step's own. */
export async function useAction(
  session: JobSession,
  frame: Frame,
  step: OpenStep,
  work: UsesWork,
  env: Readonly<Record<string, string>>,
): Promise<Status> {
  const resolved = resolveAction(session, work.uses);
  const declared =
    resolved.kind === 'known'
      ? new Map(Object.entries(resolved.action.inputs).map(([name, value]) => [name, { default: value }]))
      : resolved.definition.inputs;
  const inputs = readInputs(session, frame, step, declared, work.with, env);

  step.log.say(`Run ${work.uses}`, 'group');
  sayInputs(step, inputs);
  sayEnvironment(session, frame, step, env);
  step.log.say('', 'endgroup');

  if (resolved.kind === 'known') return runKnownAction(session, frame, step, resolved.action, inputs, env);
  const { definition, place } = resolved;
  if (definition.runs.kind === 'composite')
    return runComposite(session, frame, step, definition.runs, place, inputs, env);
  return runNodeAction(session, frame, step, { runs: definition.runs, place, uses: work.uses, inputs, env });
}
