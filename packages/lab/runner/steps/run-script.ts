import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NotModelled } from '../fault.ts';
import type { Frame, JobSession, OpenStep, Status } from '../job/session.ts';
import { resolveText } from '../language/expressions.ts';
import type { Template } from '../language/template.ts';
import type { RunDefaults, RunWork } from '../language/workflow.ts';
import { environmentOf, execute } from './execute.ts';
import { sayEnvironment } from './header.ts';
import { stepScope } from './scope.ts';

/** What each `shell` stands for. Without one, bash does not get `pipefail`. */
const SHELLS: Readonly<Record<string, string>> = {
  bash: 'bash --noprofile --norc -e -o pipefail {0}',
  sh: 'sh -e {0}',
  python: 'python {0}',
};
const DEFAULT_SHELL = 'bash -e {0}';

export async function runScript(
  session: JobSession,
  frame: Frame,
  step: OpenStep,
  work: RunWork,
  env: Readonly<Record<string, string>>,
): Promise<Status> {
  const scope = stepScope(session, frame, env);
  // `defaults` are the workflow's: steps of a composite action say their shell themselves.
  const choose = (own: Template | undefined, key: keyof RunDefaults): string | undefined => {
    const inherited = frame.depth === 0 ? session.defaults.map(defaults => defaults?.[key]) : [];
    const template = [own, ...inherited].find(value => value !== undefined);
    return template === undefined ? undefined : resolveText(template, scope);
  };
  const script = resolveText(work.script, scope);
  const shell = shellCommand(choose(work.shell, 'shell'));
  const folder = choose(work.workingDirectory, 'workingDirectory');

  step.log.say(`Run ${script.split('\n', 1)[0] ?? ''}`, 'group');
  for (const line of script.replace(/\n$/, '').split('\n')) step.log.say(line);
  step.log.say(`shell: ${shell}`);
  sayEnvironment(session, frame, step, env);
  step.log.say('', 'endgroup');

  const file = join(session.folders.temporary, `script-${session.nextSerial()}.sh`);
  writeFileSync(file, script.endsWith('\n') ? script : `${script}\n`);
  const [command = '', ...args] = shell.split(' ').map(part => part.replace('{0}', file));
  return execute(session, step, {
    command,
    args,
    cwd: resolve(session.folders.workspace, folder ?? '.'),
    env: environmentOf(frame, env),
    extra: {
      GITHUB_ACTION: step.id,
      ...(frame.action ? { GITHUB_ACTION_PATH: frame.action.folder } : {}),
    },
  });
}

function shellCommand(shell: string | undefined): string {
  if (shell === undefined) return DEFAULT_SHELL;
  const known = SHELLS[shell];
  if (known) return known;
  if (shell.includes('{0}')) return shell;
  if (['pwsh', 'powershell', 'cmd', 'node'].includes(shell)) throw new NotModelled(`'shell: ${shell}'`);
  throw new Error(
    `Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'`,
  );
}
