import { realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Credentials } from '#aws/credentials';
import { withRetries } from '#aws/retry';
import type { AwsSession } from '#aws/session';
import type { Finding } from '#core/finding';
import type { CommandFrame } from '#core/flow/targets/command/frame';
import type { TargetRuntime } from '#core/target';
import type { Command, CommandEnd } from './command.ts';
import { missingVariables, toolEnvironment, type Variables } from './environment.ts';
import { execute } from './execute.ts';
import { type FoundTool, findTool } from './find-tool.ts';
import { createRedactor, type Redactor } from './redact.ts';

/** What the drivers of tools are made with. No session where the component needs none: neither role nor region. */
export interface CommandSetting extends TargetRuntime {
  readonly session: AwsSession | undefined;
  /** The variables of the job. */
  readonly variables: Variables;
}

export type FrameSetting = Pick<CommandFrame, 'folder' | 'env' | 'passEnv' | 'secretEnv' | 'role'>;

/** One command, without what all commands of a component share. */
export interface Call extends Omit<Command, 'cwd' | 'env'> {
  /** Below the folder of the component. */
  readonly folder?: string;
  /** More variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the tools of one component in one checkout. */
export interface Toolbox {
  /** The folder of the component: an absolute path. */
  readonly folder: string;
  readonly redactor: Redactor;
  /** What is wrong with folder and variables, before anything runs. */
  problems(folders?: readonly string[]): readonly Finding[];
  find(tool: string, folder?: string): FoundTool;
  /** Throws what is thrown where there are no credentials: before anything is changed. */
  ready(): Promise<void>;
  run(call: Call): Promise<CommandEnd>;
}

/** `root`: where the commit is checked out whose files the tools read. */
export function createToolbox(setting: CommandSetting, frame: FrameSetting, root = setting.workspace): Toolbox {
  const { clock, signal, report, session, variables } = setting;
  const redactor = createRedactor(secret => setting.mask(secret));
  for (const name of frame.secretEnv) redactor.add(variables[name] ?? '');
  const folder = join(root, frame.folder);

  /** Asked before every command: a long one may outlive the credentials of the one before. */
  const environment = async () => {
    const credentials = frame.role === undefined ? undefined : await credentialsOf(session);
    redactor.add(credentials?.secretAccessKey ?? variables.AWS_SECRET_ACCESS_KEY ?? '');
    redactor.add(credentials?.sessionToken ?? variables.AWS_SESSION_TOKEN ?? '');
    return toolEnvironment(variables, { ...frame, credentials, region: session?.region });
  };

  return {
    folder,
    redactor,
    problems: (folders = ['.']) => [
      ...folders.flatMap(below => folderProblem(root, join(frame.folder, below))),
      ...missingVariables(variables, [...frame.passEnv, ...frame.secretEnv]).map(missingVariable),
    ],
    ready: async () => void (await environment()),
    find: (tool, below = '.') => findTool(tool, join(folder, below), variables.PATH ?? ''),
    async run({ folder: below = '.', env = {}, ...call }) {
      const cwd = join(folder, below);
      const command = { ...call, cwd, env: { ...(await environment()), ...env } };
      return execute(command, { clock, signal, report, redactor });
    },
  };
}

/** Asking for credentials is a call as any other: it may be throttled. */
async function credentialsOf(session: AwsSession | undefined): Promise<Credentials | undefined> {
  const ask = session?.credentials;
  if (session === undefined || ask === undefined) return undefined;
  return withRetries(session.retry, 'sts:AssumeRoleWithWebIdentity', 'any-number', () => ask());
}

function folderProblem(root: string, folder: string): readonly Finding[] {
  const problem = (what: string): readonly Finding[] => [
    {
      reason: 'input-invalid',
      message: `The folder ${folder} ${what}.`,
      evidence: { folder },
      next: 'Check out the repository in this job before this step, and write the folder from its top.',
    },
  ];
  try {
    const real = realpathSync(join(root, folder));
    if (!statSync(real).isDirectory()) return problem('is not a folder');
    const away = relative(realpathSync(root), real);
    return away === '..' || away.startsWith(`..${sep}`) ? problem('leads out of the repository') : [];
  } catch {
    return problem('is not there');
  }
}

function missingVariable(name: string): Finding {
  return {
    reason: 'input-invalid',
    message: `The variable ${name} is to be handed on, but the step does not have it, or it is empty.`,
    evidence: { variable: name },
    next: `Set it in \`env\` of the step, from a secret or a variable of the repository, or remove it from the component.`,
  };
}
