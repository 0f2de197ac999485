import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';

export interface Step {
  readonly title: string;
  /** An installed tool and its arguments. */
  readonly command: readonly [tool: string, ...args: string[]];
  /** What a person runs when it is red. */
  readonly mend: string;
}

/** Runs all steps whatever they come to, quiet where they are green; says whether all are. */
export function runSteps(root: string, steps: readonly Step[]): boolean {
  const red = steps.filter(step => !runStep(root, step));
  for (const { title, mend } of red) console.log(`✗ ${title}: run \`${mend}\``);
  return red.length === 0;
}

function runStep(root: string, { title, command }: Step): boolean {
  const [tool, ...args] = command;
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    cwd: root,
    env: environment(root),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const green = status === 0;
  console.log(`${green ? '✓' : '✗'} ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (!green) console.log(`${error?.message ?? ''}${stdout}${stderr}`);
  return green;
}

const jestOptions = '--experimental-vm-modules --disable-warning=ExperimentalWarning';

/** The installed tools come first on the PATH, so that a step means the same with and without npm; node among them. */
function environment(root: string): NodeJS.ProcessEnv {
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, NODE_OPTIONS: jestOptions, FORCE_COLOR: '0' };
}
