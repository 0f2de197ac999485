import type { ActionPlace, Frame, JobSession, OpenStep, Status } from '../job/session.ts';
import type { CompositeRuns } from '../language/action.ts';
import { resolveText } from '../language/expressions.ts';
import { openStep } from './open-step.ts';
import { stepScope } from './scope.ts';

/** Composite actions may use composite actions, to this depth (docs: "Workflow syntax", limits). */
const MAX_DEPTH = 10;

/** Runs the steps of a composite action in a frame of their own, inside the step that uses it. */
export async function runComposite(
  session: JobSession,
  outer: Frame,
  step: OpenStep,
  runs: CompositeRuns,
  place: ActionPlace,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<Status> {
  const depth = outer.depth + 1;
  if (depth > MAX_DEPTH) throw new Error(`Composite action depth exceeded max depth ${MAX_DEPTH}`);
  const frame: Frame = {
    contexts: { inputs, secrets: undefined, vars: undefined, needs: undefined },
    steps: new Map(),
    env: { ...outer.env, ...env },
    action: place,
    depth,
    status: 'success',
    stop: step.stop,
  };
  // First of all listeners, so that conditions that are asked again see it.
  step.stop.onCancel(() => {
    frame.status = 'cancelled';
  });
  for (const [index, definition] of runs.steps.entries()) {
    if (session.death.cancelled) return 'failure';
    const id = definition.id === '' ? `__run_${index + 1}` : definition.id;
    const inner = openStep(session, step.record, id);
    await session.runStep(frame, definition, inner);
  }
  for (const [name, template] of runs.outputs) {
    step.outputs.set(name, resolveText(template, stepScope(session, frame)));
  }
  return frame.status;
}
