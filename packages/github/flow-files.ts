import { FindingError } from '#core/finding';
import { type Flow, type FlowResult, parseFlow, policyOf } from '#core/flow/parse';
import type { Problem } from '#core/flow/problem';
import { mergeFlows } from '#core/flow/resolve';
import { findingOfProblem } from '#core/plan/make-plan';
import type { GitHub } from './client.ts';
import { defaultBranch, fileAt } from './commits.ts';
import { readPolicyOf } from './policies.ts';

/**
 * The flow of a release: `environments` (gates, roles) as on the default branch, `components` as in the commit that is
 * released. Throws a `FindingError` with every mistake of both files.
 */
export async function readFlow(
  github: GitHub,
  path: string,
  releaseSha: string,
): Promise<{ readonly flow: Flow; readonly warnings: readonly Problem[]; readonly defaultBranch: string }> {
  const branch = await defaultBranch(github);
  const [policyText, contentText] = await Promise.all([fileAt(github, path, branch), fileAt(github, path, releaseSha)]);
  const policy = await parse(github, policyText, path, `the default branch ${branch}`);
  const content =
    contentText === policyText ? policy : await parse(github, contentText, path, `commit ${releaseSha.slice(0, 12)}`);
  return { ...mergeFlows({ policy, content }), defaultBranch: branch };
}

/** The flow file of the default branch alone, for what concerns no release; undefined when there is none. */
export async function readPolicy(github: GitHub, path: string): Promise<Flow | undefined> {
  const { text, where } = await policyText(github, path);
  return text === undefined ? undefined : parse(github, text, path, where);
}

/** The same, where there is nothing to do without it. Throws a `FindingError`. */
export async function needPolicy(github: GitHub, path: string): Promise<Flow> {
  const { text, where } = await policyText(github, path);
  return parse(github, text, path, where);
}

async function policyText(github: GitHub, path: string) {
  const branch = await defaultBranch(github);
  return { text: await fileAt(github, path, branch), where: `the default branch ${branch}` };
}

/** The flow file of one commit, whole: environments, too. Throws a `FindingError` with every mistake. */
export async function readFlowAt(
  github: GitHub,
  path: string,
  sha: string,
): Promise<{ readonly flow: Flow; readonly warnings: readonly Problem[] }> {
  return parsed(github, await fileAt(github, path, sha), path, `commit ${sha.slice(0, 12)}`);
}

async function parse(github: GitHub, text: string | undefined, path: string, where: string): Promise<Flow> {
  return (await parsed(github, text, path, where)).flow;
}

async function parsed(
  github: GitHub,
  text: string | undefined,
  path: string,
  where: string,
): Promise<Extract<FlowResult, { ok: true }>> {
  if (text === undefined) {
    const message = `There is no flow file ${path} on ${where}.`;
    const next = 'Commit one, or give its path as `flow`.';
    throw new FindingError([
      { reason: 'not-found', message, evidence: { path }, where: { kind: 'input', input: 'flow' }, next },
    ]);
  }
  return parseWithPolicy(github, text, path);
}

/** A flow file with the policy that it extends. Throws a `FindingError` with every mistake. */
export async function parseWithPolicy(
  github: GitHub,
  text: string,
  file: string,
): Promise<Extract<FlowResult, { ok: true }>> {
  const extended = policyOf(text);
  const policy = extended === undefined ? undefined : await readPolicyOf(github, extended);
  const result = parseFlow(text, { file, policy });
  if (!result.ok) throw new FindingError(result.problems.map(findingOfProblem));
  return result;
}
