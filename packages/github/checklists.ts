import { FindingError } from '#core/finding';
import { readChecklist } from '#core/flow/boxes';
import type { Flow } from '#core/flow/parse';
import { findingOfProblem, type PlanFacts } from '#core/plan/make-plan';
import type { GitHub } from './client.ts';
import { policyFile } from './commits.ts';

/**
 * The boxes of the environment’s checklist, as on the default branch when the release is planned; empty where it has none. `proposed`: a
 * commit that is to become that branch. Throws a `FindingError` with every mistake.
 */
export async function checklistOf(
  github: GitHub,
  { environments }: Flow,
  environment: string,
  branch: string,
  proposed?: string,
): Promise<Pick<PlanFacts, 'checklist'>> {
  const path = environments[environment]?.gates.checklist?.path;
  if (path === undefined) return {};
  const result = readChecklist(await policyFile(github, { path, branch, key: 'checklist', proposed }), path);
  if (!result.ok) throw new FindingError(result.problems.map(findingOfProblem));
  return { checklist: { boxes: result.boxes, body: result.body } };
}
