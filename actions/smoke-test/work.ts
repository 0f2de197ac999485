import { planOf } from '#action-kit/common-inputs';
import type { Kit } from '#action-kit/kit';
import { targetRuntime } from '#action-kit/runtime';
import { type Finding, FindingError } from '#core/finding';
import { findingOfProblem } from '#core/plan/make-plan';
import type { Plan } from '#core/plan/plan';
import { parseSmoke } from '#core/smoke/parse';
import type { WantedVersion } from '#core/smoke/served-version';
import type { SmokeFile } from '#core/smoke/smoke-file';
import type { Inputs } from './inputs.ts';

/** What is tested, where, and which version must be served, whichever input said so. */
export interface Work {
  readonly smoke: SmokeFile;
  readonly baseUrl: string;
  readonly wanted: WantedVersion;
  readonly plan?: Plan;
}

export function planFor(inputs: Inputs): Plan | undefined {
  return inputs.plan === undefined ? undefined : planOf(inputs.plan, inputs.environment, inputs.flow);
}

export function readWork(kit: Kit, inputs: Inputs, plan: Plan | undefined): Work {
  const file = inputs.file ?? plan?.environment.smoke;
  if (file === undefined) {
    const message = `The environment ${plan?.environment.name} names no smoke file.`;
    throw wrong(message, 'file', 'Give `file`, or set `smoke` of the environment in the flow file.');
  }
  const wanted = wantedVersion(inputs, plan);
  const { smoke, warnings } = readSmoke(kit, inputs, { file, plan, wanted });
  for (const warning of warnings) kit.log.warning(warning);
  const baseUrl = inputs.baseUrl ?? smoke.baseUrl ?? plan?.environment.url;
  if (baseUrl === undefined) {
    const next = 'Give `base-url`, write it into the smoke file, or set `url` of the environment in the flow file.';
    throw wrong(`Nothing says where the endpoint is that ${file} tests.`, 'base-url', next);
  }
  if (smoke.version !== undefined && wanted.version === undefined && wanted.sha === undefined) {
    const message = `${file} asks for the served version, but nothing says which version it should be.`;
    throw wrong(message, 'version', 'Give `version` or a `plan`.');
  }
  return { smoke, wanted, baseUrl: baseUrl.replace(/\/+$/, ''), ...(plan === undefined ? {} : { plan }) };
}

/**
 * The release's commit counts too: services often say their commit instead of a version. After a rollback another version is
 * wanted than the plan's, and its commit is that of the release that failed.
 */
function wantedVersion({ version, sha }: Inputs, plan: Plan | undefined): WantedVersion {
  const wanted = version?.replace(/^v(?=\d)/, '') ?? plan?.release.version;
  const { release, only, from } = plan ?? {};
  const or = only === undefined || from === undefined ? {} : { or: { version: from.version, sha: from.sha } };
  return { version: wanted, sha: sha ?? (wanted === release?.version ? release?.sha : undefined), ...or };
}

interface Named {
  readonly file: string;
  readonly plan: Plan | undefined;
  readonly wanted: WantedVersion;
}

function readSmoke(kit: Kit, inputs: Inputs, { file, plan, wanted }: Named) {
  const parsed = parseSmoke(targetRuntime(kit).readFile(file), file, {
    env: inputs.environment ?? plan?.environment.name,
    version: wanted.version,
    sha: wanted.sha,
    vars: plan?.environment.vars ?? {},
    secrets: inputs.secrets,
  });
  if (!parsed.ok) throw new FindingError(parsed.problems.map(findingOfProblem));
  return { smoke: parsed.smoke, warnings: parsed.warnings.map(findingOfProblem) };
}

function wrong(message: string, input: string, next: string): FindingError {
  const where = { kind: 'input', input } as const;
  const finding: Finding = { reason: 'input-invalid', message, evidence: {}, where, next };
  return new FindingError([finding]);
}
