import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Finding } from '#core/finding';

/** How a tool that is missing is installed, by the name of its program. */
const installs: Readonly<Record<string, string>> = {
  terraform: 'Add `uses: hashicorp/setup-terraform@v4` with `terraform_wrapper: false` before this step.',
  tofu: 'Add `uses: opentofu/setup-opentofu@v1` with `tofu_wrapper: false` before this step.',
  pulumi: 'Add `uses: pulumi/actions@v6` without a `command` before this step: it installs the CLI.',
  sam: 'Add `uses: aws-actions/setup-sam@v3` with `use-installer: true` before this step.',
  node: 'Add `uses: actions/setup-node@v6` before this step.',
  python3: 'Add `uses: actions/setup-python@v6` before this step.',
};

export type FoundTool =
  | { readonly ok: true; readonly program: string }
  | { readonly ok: false; readonly finding: Finding };

/** The absolute path of a program: on PATH, or from `cwd` when it is written with a slash. */
export function findTool(tool: string, cwd: string, path: string): FoundTool {
  const isPath = tool.includes('/');
  const candidates = isPath ? [resolve(cwd, tool)] : path.split(delimiter).map(folder => join(folder, tool));
  const program = candidates.find(isProgram);
  if (program !== undefined) return { ok: true, program };
  return { ok: false, finding: isPath ? notProgram(tool, candidates[0] ?? tool) : notOnPath(tool) };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function notOnPath(tool: string): Finding {
  return {
    reason: 'tool-missing',
    message: `The program ${tool} is not on the runner’s PATH.`,
    evidence: { tool },
    next: installs[tool] ?? `Install ${tool} in an earlier step of this job.`,
  };
}

function notProgram(tool: string, path: string): Finding {
  const there = isFile(path);
  return {
    reason: 'tool-missing',
    message: there ? `${tool} is there, but cannot be executed.` : `There is no file ${tool} to execute.`,
    evidence: { tool },
    next: there
      ? `Run \`git update-index --chmod=+x ${tool}\` and commit it, or name its interpreter first: [sh, ${tool}].`
      : 'Correct the path: it is read from `folder`. Is the repository checked out in this job?',
  };
}
