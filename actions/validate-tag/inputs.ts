import { type FlowFileInputs, getFlowFileInputs } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';
import { breakableRules } from '#core/flow/break-glass';
import type { Glass } from '#core/plan/glass';
import { mostParts } from '#core/plan/parts';
import { type GoesOn, goOnWords } from '#core/plan/plan';
import type { Artifacts } from '#core/release';

export interface Inputs extends FlowFileInputs {
  readonly operation:
    | { readonly kind: 'release'; readonly glass?: Glass }
    | { readonly kind: GoesOn['by']; readonly version?: string; readonly why: string; readonly glass?: Glass }
    | { readonly kind: 'rollback'; readonly environment: string; readonly version?: string; readonly why: string };
  /** Digests by component, as the build handed them over; empty where an earlier environment has recorded them. */
  readonly images: Readonly<Record<string, Artifacts>>;
  /** Only these components; all when empty. */
  readonly components: readonly string[];
  /** Over how many jobs the deployment is to be spread. */
  readonly parts?: number;
  /** GitHub’s `vars`, for templates. */
  readonly vars: Readonly<Record<string, string>>;
  /** The tag or branch to judge; that of the run when absent. */
  readonly ref?: string;
  /** Who set off the run that started this one. */
  readonly originator?: string;
}

export function getInputs(input: InputReader): Inputs {
  const ref = input.optional('ref');
  const originator = input.optional('originator');
  const parts = input.optionalCount('parts', 1);
  if (parts !== undefined && parts > mostParts) {
    input.problem('parts', `${parts} are more than the ${mostParts} legs that a matrix of GitHub can have.`);
  }
  return {
    ...getFlowFileInputs(input),
    operation: readOperation(input),
    images: readImages(input),
    components: input.list('components'),
    vars: input.strings('vars'),
    ...(parts === undefined ? {} : { parts }),
    ...(ref === undefined ? {} : { ref }),
    ...(originator === undefined ? {} : { originator }),
  };
}

function readOperation(input: InputReader): Inputs['operation'] {
  const kind = input.optionalChoice('operation', ['release', 'rollback', ...goOnWords]) ?? 'release';
  const [environment, version, why] = [input.text('environment'), input.optional('version'), input.text('reason')];
  const named = version === undefined ? {} : { version: version.replace(/^v/, '') };
  const glass = readGlass(input, kind, why);
  const emergency = glass === undefined ? {} : { glass };
  switch (kind) {
    case 'release':
      return { kind, ...emergency };
    case 'go':
      return { kind, why, ...named, ...emergency };
    case 'approve':
      return { kind, why, ...named };
    case 'reject':
      if (why === '') input.problem('reason', 'is missing: whoever made the release has to know why it is rejected.');
      return { kind, why, ...named };
    case 'rollback':
      if (environment === '') input.problem('environment', 'is missing: a rollback is of one environment.');
      if (why === '') input.problem('reason', 'is missing: a rollback needs one, for the reviewer and for the record.');
      return { kind, environment, why, ...named };
  }
}

/** An emergency: which rules it breaks, why, and of which incident. All three or none. */
function readGlass(input: InputReader, kind: Inputs['operation']['kind'], reason: string): Glass | undefined {
  const [named, incident] = [input.list('break-glass'), input.text('incident')];
  if (named.length === 0) {
    if (incident !== '') input.problem('incident', 'says nothing without `break-glass`, the rules that it breaks.');
    return undefined;
  }
  if (kind !== 'release' && kind !== 'go') {
    input.problem('break-glass', `says nothing with the operation ${kind}: it is for a release.`);
  }
  const rules = breakableRules.filter(rule => named.includes(rule));
  const unknown = named.filter(name => !rules.some(rule => rule === name));
  if (unknown.length > 0) {
    input.problem('break-glass', `${unknown.join(', ')} cannot be broken; what can is ${breakableRules.join(', ')}.`);
  }
  if (reason === '') input.problem('reason', 'is missing: an emergency needs one, for the record and for its review.');
  if (!/^https:\/\/\S+$/.test(incident)) {
    input.problem('incident', `“${incident}” is no link to an incident.`, 'Give its address, beginning with https://.');
  }
  return { rules, reason, incident };
}

const digest = /^sha256:[0-9a-f]{64}$/;

/** `{"api": "sha256:…"}`. The digest of an output that held a masked value arrives empty: kept, so that it is never taken for “none”. */
function readImages(input: InputReader): Readonly<Record<string, Artifacts>> {
  const images = input.strings('images');
  for (const [component, value] of Object.entries(images)) {
    if (value !== '' && !digest.test(value)) {
      input.problem('images', `“${value}” of ${component} is not a digest such as sha256:….`);
    }
  }
  return Object.fromEntries(Object.entries(images).map(([component, image]) => [component, { image }]));
}
