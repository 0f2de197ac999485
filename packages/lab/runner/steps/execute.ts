import { delimiter } from 'node:path';
import type { Frame, JobSession, OpenStep, Status } from '../job/session.ts';
import { createCommandFiles, SUMMARY_LIMIT, type Written } from './file-commands.ts';
import { runProcess } from './process.ts';

export interface Execution {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** `env` of the step and of the composite actions around it. */
  readonly env: Readonly<Record<string, string>>;
  /** INPUT_, STATE_ and the like, which go over everything else. */
  readonly extra: Readonly<Record<string, string>>;
}

/** Runs a step's process with the files that it may write commands to, and takes in what it wrote. */
export async function execute(session: JobSession, step: OpenStep, execution: Execution): Promise<Status> {
  const files = createCommandFiles(session.folders.temporary, String(session.nextSerial()));
  const env = {
    ...session.machineEnv,
    PATH: [...session.addedPath, ...session.path].join(delimiter),
    ...Object.fromEntries(session.env),
    ...execution.env,
    ...session.fixedEnv,
    ...execution.extra,
    ...files.variables,
  };
  let failure: string | undefined;
  try {
    const code = await runProcess(
      {
        command: execution.command,
        args: execution.args,
        cwd: execution.cwd,
        env,
        onLine: step.log.output,
        stop: { onCancel: step.stop.onCancel, onKill: session.death.onCancel },
      },
      session.surroundings,
    );
    if (code !== 0 && !step.stop.cancelled) failure = `Process completed with exit code ${code ?? 'null'}.`;
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  // Nobody hears the last words of a machine that is gone.
  if (session.death.cancelled) return 'failure';
  if (failure !== undefined) step.log.annotate('error', failure);
  takeIn(session, step, files.collect());
  return failure === undefined && !step.broken ? 'success' : 'failure';
}

function takeIn(session: JobSession, step: OpenStep, written: Written): void {
  for (const problem of written.problems) step.log.annotate('error', problem);
  if (written.problems.length > 0) step.broken = true;
  for (const [name, value] of written.env) session.env.set(name, value);
  for (const folder of written.paths) addPath(session, folder);
  for (const [name, value] of written.outputs) step.outputs.set(name, value);
  for (const [name, value] of written.state) step.state.set(name, value);
  step.record.summary += session.masker.mask(written.summary);
  if (written.summaryTooLarge !== undefined) {
    const size = Math.ceil(written.summaryTooLarge / 1024);
    step.log.annotate(
      'error',
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${SUMMARY_LIMIT / 1024}k, got ${size}k.`,
    );
  }
}

/** The last folder that was added is searched first. */
export function addPath(session: JobSession, folder: string): void {
  const known = session.addedPath.indexOf(folder);
  if (known >= 0) session.addedPath.splice(known, 1);
  session.addedPath.unshift(folder);
}

/** `env` of a step together with that of the composite actions around it. */
export function environmentOf(frame: Frame, own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...frame.env, ...own };
}
