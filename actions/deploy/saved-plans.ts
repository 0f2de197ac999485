import { join } from 'node:path';
import { type Finding, FindingError } from '#core/finding';
import type { Component } from '#core/flow/targets/registry';
import { isPreviewed, type PreviewedComponent } from '#core/plan/previews';
import type { TargetRuntime } from '#core/target';
import type { Inputs } from './inputs.ts';
import type { Work } from './work.ts';

/** What the job that saved the plans says of them. */
interface Handed {
  /** By component, the digest by which its plan is known. */
  readonly digests: Readonly<Record<string, unknown>>;
  readonly artifact: string;
  /** `sha256:…` of the archive. */
  readonly archive: string;
}

/** Every component that is previewed gets the plan that people have read: it is changed by that, or not at all. */
export async function withSavedPlans(
  work: Work,
  previews: readonly PreviewedComponent[],
  inputs: Pick<Inputs, 'savedPlans'>,
  filesOf: TargetRuntime['filesOf'],
): Promise<Work> {
  const handed = handedOver(inputs.savedPlans);
  const digestOf = (name: string) => {
    const digest = handed !== undefined && Object.hasOwn(handed.digests, name) ? handed.digests[name] : undefined;
    return typeof digest === 'string' ? digest : undefined;
  };
  const [first, ...others] = previews.filter(({ name }) => digestOf(name) === undefined).map(notHandedOver);
  if (first !== undefined) throw new FindingError([first, ...others]);
  if (handed === undefined) return work;
  const folder = await fetched(handed, filesOf);
  const names = new Set(previews.map(({ name }) => name));
  const applying = (component: Component): Component => {
    if (!isPreviewed(component) || !names.has(component.name)) return component;
    return { ...component, applyPlan: join(folder, component.name), planDigest: digestOf(component.name) };
  };
  return { ...work, waves: work.waves.map(wave => wave.map(applying)) };
}

/** Undefined where nothing is handed over: a job that was skipped has no outputs. */
function handedOver(said: Inputs['savedPlans']): Handed | undefined {
  const { plans = '', 'artifact-id': artifact = '', 'artifact-digest': digest = '' } = said;
  if (plans === '' || artifact === '' || digest === '') return undefined;
  const archive = digest.startsWith('sha256:') ? digest : `sha256:${digest}`;
  return { digests: digestsIn(plans), artifact, archive };
}

function digestsIn(plans: string): Handed['digests'] {
  try {
    const value: unknown = JSON.parse(plans);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Nothing but what was uploaded: the archive is held against its digest, and then each plan against its own. */
async function fetched({ artifact, archive }: Handed, filesOf: TargetRuntime['filesOf']): Promise<string> {
  try {
    return await filesOf({ artifact: 'of the plans', 'artifact-id': artifact, digest: archive });
  } catch (error) {
    if (!(error instanceof FindingError)) throw error;
    throw new FindingError(error.findings.map(told), { cause: error });
  }
}

function told(finding: Finding): Finding {
  const { reason, message, evidence } = finding;
  const next =
    'Start the whole run again, not only its failed jobs: it makes the plan anew, and shows it before anybody is asked.';
  if (reason === 'artifact-gone') {
    return {
      reason,
      message: `The plans that were shown are kept for a day, and are gone: ${message}`,
      evidence,
      next,
    };
  }
  return reason === 'artifacts-differ' ? { reason: 'plan-mismatch', message, evidence, next } : finding;
}

function notHandedOver({ name }: PreviewedComponent): Finding {
  const message = `${name} has \`preview\`, and no plan of it was handed over: what people have not read is not applied.`;
  return { reason: 'plan-missing', message, evidence: { component: name } };
}
