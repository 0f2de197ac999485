import { usualFlow } from '#action-kit/common-inputs';
import { gitHubAccess } from '#action-kit/github-access';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { examine } from '#core/doctor/examine';
import { reportLines, reportPage, rulesOf } from '#core/doctor/report';
import { FindingError } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import { unknownName } from '#core/plan/make-plan';
import { findingOfRule, judge } from '#core/verdict';
import { callersOf } from '#github/callers';
import { parseWithPolicy } from '#github/flow-files';
import { repositoryFacts } from '#github/repository-facts';
import { createWriter } from '#github/writer';
import { lookAtAws } from '#targets/look';
import type { Inputs } from './inputs.ts';

/** The command of that name as a step: red where something is wrong, with every finding on the page of the job. */
export async function doctor(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const { run } = kit;
  const { flow: file = usualFlow, vars, strict } = inputs;
  const { github } = createWriter(gitHubAccess(kit, inputs.githubToken, inputs.policyToken));
  const runtime = targetRuntime(kit);
  // A job that may not ask for OIDC tokens looks with whatever credentials an earlier step has left.
  const mayAsk = (process.env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '') !== '';
  const looking = { ...runtime, vars, idToken: mayAsk ? runtime.idToken : undefined };
  const { flow: whole } = await parseWithPolicy(github, runtime.readFile(file), file);
  const flow = inputs.environment === undefined ? whole : onlyOf(whole, inputs.environment);
  const [facts, aws] = await Promise.all([repositoryFacts(github, flow), lookAtAws(flow, looking)]);
  const findings = examine({ ...facts, aws, callers: callersOf(run.workspace) });
  for (const line of reportLines(findings)) kit.log.info(line);
  kit.summary(reportPage(findings));
  const rules = rulesOf(findings);
  const counted = rules.filter(({ verdict }) => strict || verdict !== 'inconclusive');
  const verdict = { ...judge(counted), rules };
  const open = counted.filter(rule => rule.verdict !== 'pass');
  const told = open.map(rule => ({ ...findingOfRule(rule), message: `${rule.rule}: ${rule.message}` }));
  const details = told.length === 0 ? {} : { findings: told };
  return { kind: 'verdict', verdict, details, waitIsGreen: false };
}

/** Throws a `FindingError` for an environment that the flow file does not have. */
function onlyOf(flow: Flow, name: string): Flow {
  const environment = Object.hasOwn(flow.environments, name) ? flow.environments[name] : undefined;
  if (environment !== undefined) return { ...flow, environments: { [name]: environment } };
  const unknown = unknownName('environment', name, flow.environments);
  const where = { kind: 'input', input: 'environment' } as const;
  throw new FindingError([{ ...unknown, evidence: { environment: name }, where }]);
}
