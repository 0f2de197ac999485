import { join } from 'node:path';
import type { ActionPlace, Frame, JobSession, OpenStep, Status } from '../job/session.ts';
import type { NodeRuns } from '../language/action.ts';
import { environmentOf, execute } from './execute.ts';
import { inputVariables } from './inputs.ts';

export interface NodeCall {
  readonly runs: NodeRuns;
  readonly place: ActionPlace;
  readonly uses: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/** The main script. Its post script is noted as soon as it begins, so that it also runs when it fails. */
export async function runNodeAction(
  session: JobSession,
  frame: Frame,
  step: OpenStep,
  call: NodeCall,
): Promise<Status> {
  for (const [name, value] of session.savedState.get(stateKey(frame, step)) ?? []) step.state.set(name, value);
  if (call.runs.post !== undefined) addPost(session, frame, step, call, call.runs.post);
  return runScriptOf(session, frame, step, call, call.runs.main, step.state);
}

/** What `pre` saved is kept for `main` by the step's id, which is its own among the steps of a job. */
export function stateKey(frame: Frame, step: OpenStep): string {
  return `${frame.depth}/${step.id}`;
}

/** `pre` or `post` or `main`, with the state that the earlier ones saved. */
export function runScriptOf(
  session: JobSession,
  frame: Frame,
  step: OpenStep,
  call: NodeCall,
  script: string,
  state: ReadonlyMap<string, string>,
): Promise<Status> {
  return execute(session, step, {
    command: session.node,
    args: [join(call.place.folder, script)],
    cwd: session.folders.workspace,
    env: environmentOf(frame, call.env),
    extra: {
      ...session.actionEnv,
      GITHUB_ACTION: step.id,
      ...(call.place.repository ? { GITHUB_ACTION_REPOSITORY: call.place.repository } : {}),
      ...(call.place.ref ? { GITHUB_ACTION_REF: call.place.ref } : {}),
      ...inputVariables(call.inputs),
      ...Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value])),
    },
  });
}

function addPost(session: JobSession, frame: Frame, main: OpenStep, call: NodeCall, script: string): void {
  session.posts.push({
    name: `Post ${main.record.name}`,
    id: main.id,
    condition: call.runs.postIf,
    perform: step => runScriptOf(session, frame, step, call, script, main.state),
  });
}
