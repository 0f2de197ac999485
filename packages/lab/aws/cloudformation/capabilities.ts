import type { Capability } from '@aws-sdk/client-cloudformation';
import type { Template } from './template/parse.ts';
import { resourceTypes } from './types/table.ts';

/**
 * What a template has to be acknowledged for. IAM resources with a name of their own need CAPABILITY_NAMED_IAM, others CAPABILITY_IAM;
 * macros (also the one of SAM) CAPABILITY_AUTO_EXPAND.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
export function neededCapabilities(template: Template): readonly Capability[] {
  const iam = Object.values(template.resources).filter(each => resourceTypes[each.Type]?.capability !== undefined);
  const named = iam.some(({ Type, Properties = {} }) => {
    const name = resourceTypes[Type]?.name;
    return name !== undefined && Properties[name] !== undefined;
  });
  return [
    ...(named ? ['CAPABILITY_NAMED_IAM' as const] : iam.length > 0 ? ['CAPABILITY_IAM' as const] : []),
    ...(template.transforms.length > 0 ? ['CAPABILITY_AUTO_EXPAND' as const] : []),
  ];
}

/** Why, in CloudFormation’s words. */
export function capabilitiesReason(template: Template): string | undefined {
  const types = Object.values(template.resources)
    .map(each => each.Type)
    .filter(type => resourceTypes[type]?.capability !== undefined);
  return types.length === 0
    ? undefined
    : `The following resource(s) require capabilities: [${[...new Set(types)].join(', ')}]`;
}

/**
 * Undefined where nothing is missing. Macros need no acknowledgement in a change set: “specifying it when creating change sets has no
 * effect”. Source: API, CreateChangeSet.
 */
export function missingCapabilities(template: Template, given: readonly Capability[]): string | undefined {
  const missing = neededCapabilities(template).filter(
    each =>
      each !== 'CAPABILITY_AUTO_EXPAND' &&
      !given.includes(each) &&
      !(each === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
  return missing.length === 0 ? undefined : `Requires capabilities : [${missing.join(', ')}]`;
}
