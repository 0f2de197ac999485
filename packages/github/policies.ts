import { FindingError } from '#core/finding';
import { type Policy, parsePolicy } from '#core/flow/policy/policy';
import { type PolicyReference, showPolicyReference } from '#core/flow/policy/reference';
import { findingOfProblem } from '#core/plan/make-plan';
import { type GitHub, GitHubCallError, orFinding } from './client.ts';

/** The policy that a flow file extends. Throws a `FindingError` where it cannot be read, or is not one: nothing is released without it. */
export async function readPolicyOf(github: GitHub, reference: PolicyReference): Promise<Policy> {
  const result = parsePolicy(await textOf(github, reference), reference);
  if (!result.ok) throw new FindingError(result.problems.map(findingOfProblem));
  return result.policy;
}

function textOf(github: GitHub, reference: PolicyReference): Promise<string> {
  const { owner, repo, path, sha: ref } = reference;
  const { request } = github.elsewhere ?? github;
  return orFinding('contents: read', async () => {
    try {
      const route = 'GET /repos/{owner}/{repo}/contents/{path}';
      const { content } = await request<{ readonly content?: string }>(route, { owner, repo, path, ref });
      if (content === undefined) throw unread(reference);
      return Buffer.from(content, 'base64').toString('utf8');
    } catch (error) {
      if (error instanceof GitHubCallError && (error.status === 404 || error.status === 422)) throw unread(reference);
      throw error;
    }
  });
}

function unread(reference: PolicyReference): FindingError {
  const { owner, repo, path } = reference;
  const message = `The policy ${showPolicyReference(reference)} is not there, or the token may not see it.`;
  const next = `Correct \`extends\`; or, where ${owner}/${repo} is private, hand over a token that can read it: secret \`policy-token\` of the workflow.`;
  return new FindingError([{ reason: 'not-found', message, evidence: { policy: `${owner}/${repo}//${path}` }, next }]);
}
