import { spawn } from 'node:child_process';

export interface ToolEnd {
  readonly exitCode: number | null;
  /** Both streams, each as a whole. */
  readonly said: string;
}

export interface ToolSetting {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** For one command, in ms. */
const patience = 3 * 60_000;

/** Runs a program beside this process, in which the lab answers it. */
export function runTool(words: readonly string[], { cwd, env }: ToolSetting): Promise<ToolEnd> {
  const [program = '', ...args] = words;
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience });
  const said = ['', ''];
  [child.stdout, child.stderr].forEach((stream, index) => {
    stream.on('data', (chunk: Buffer) => {
      said[index] += chunk.toString();
    });
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', exitCode => resolve({ exitCode, said: said.join('') }));
  });
}
