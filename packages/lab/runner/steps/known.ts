import { NotModelled } from '../fault.ts';
import type { Frame, JobSession, OpenStep, Status } from '../job/session.ts';
import type { KnownAction, KnownActionCall } from '../known-actions/known-action.ts';
import { addPath, environmentOf } from './execute.ts';

/** An action that the lab plays itself, in its own process. */
export async function runKnownAction(
  session: JobSession,
  frame: Frame,
  step: OpenStep,
  action: KnownAction,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<Status> {
  for (const name of action.unmodelled ?? []) {
    if (inputs[name] !== undefined && inputs[name] !== (action.inputs[name] ?? '')) {
      throw new NotModelled(`the input '${name}' of this action`);
    }
  }
  const { post } = action;
  if (post) {
    session.posts.push({
      name: `Post ${step.record.name}`,
      id: step.id,
      condition: 'always()',
      perform: later => play(session, frame, later, inputs, env, call => post(call)),
    });
  }
  return play(session, frame, step, inputs, env, call => action.run(call));
}

async function play(
  session: JobSession,
  frame: Frame,
  step: OpenStep,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  act: (call: KnownActionCall) => Promise<void> | void,
): Promise<Status> {
  const { surroundings } = session;
  try {
    await act({
      inputs,
      origin: session.origin,
      repository: session.repository,
      github: session.ports.github,
      ref: session.ref,
      sha: session.sha,
      workspace: session.folders.workspace,
      artifacts: session.artifacts,
      now: surroundings.clock.now(),
      activity: surroundings.activity,
      env: { ...Object.fromEntries(session.env), ...environmentOf(frame, env) },
      log: step.log.say,
      warn: message => step.log.annotate('warning', message),
      setOutput: (name, value) => step.outputs.set(name, value),
      mask: value => session.masker.add(value),
      addPath: folder => addPath(session, folder),
      setEnv: (name, value) => session.env.set(name, value),
    });
    return 'success';
  } catch (error) {
    step.log.fail(error);
    return 'failure';
  }
}
