import type { GetTemplateSummaryCommandOutput, Parameter, Stack, TemplateSource } from '#aws/cloudformation';
import { AwsCallError } from '#aws/errors';
import type { Finding, Place } from '#core/finding';
import { didYouMean } from '#core/flow/nearest';
import type { StackContext } from './context.ts';
import type { StackGoal } from './goal.ts';

/** What CloudFormation says of a template. */
export type Summary = Omit<GetTemplateSummaryCommandOutput, '$metadata'>;

/** Asks CloudFormation itself: it knows its own language best. Answers its summary, or why it takes no such template. */
export async function summarise(
  context: StackContext,
  goal: Pick<StackGoal, 'file' | 'stack'>,
  source: TemplateSource,
): Promise<Summary | Finding> {
  try {
    return await context.cloudformation.templateSummary(source);
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'refused') throw error;
    const where = placeOf(goal.file, error.message);
    const message = `CloudFormation does not take the template of ${goal.stack}: ${error.message}`;
    return {
      reason: 'template-invalid',
      message,
      evidence: { code: error.code },
      ...(where === undefined ? {} : { where }),
    };
  }
}

/** `… YAML not well-formed. (line 3, column 5)`; the top of the file where it names no place. */
function placeOf(file: string | undefined, message: string): Place | undefined {
  if (file === undefined) return undefined;
  const { line = '1', column = '1' } = /\(line (?<line>\d+), column (?<column>\d+)\)/.exec(message)?.groups ?? {};
  return { kind: 'file', file, line: Number(line), column: Number(column) };
}

/** Every mistake of parameters and capabilities at once, before CloudFormation stops at the first. */
export function checkGoal(goal: StackGoal, summary: Summary, stack: Stack | undefined): readonly Finding[] {
  return [...checkParameters(goal, summary, stack), ...checkCapabilities(goal, summary)];
}

function checkParameters(
  { given, stack: name }: StackGoal,
  summary: Summary,
  stack: Stack | undefined,
): readonly Finding[] {
  const declared = summary.Parameters ?? [];
  const names = declared.map(({ ParameterKey = '' }) => ParameterKey);
  const previous = new Set((stack?.Parameters ?? []).map(({ ParameterKey }) => ParameterKey));
  const missing = declared
    .filter(
      ({ ParameterKey = '', DefaultValue }) =>
        !given.has(ParameterKey) && DefaultValue === undefined && !previous.has(ParameterKey),
    )
    .map(({ ParameterKey = '', ParameterType = 'String' }) => `${ParameterKey} (${ParameterType})`);
  const unknown = [...given.keys()].filter(key => !names.includes(key));
  const refused = declared.flatMap(({ ParameterKey = '', ParameterConstraints }) => {
    const allowed = ParameterConstraints?.AllowedValues ?? [];
    const value = given.get(ParameterKey);
    return value === undefined || allowed.length === 0 || allowed.includes(value.value)
      ? []
      : [{ key: ParameterKey, allowed }];
  });
  const problems = [
    ...(missing.length === 0 ? [] : [`${missing.join(', ')} must have a value`]),
    ...unknown.map(key => `${key} is not in the template: ${didYouMean(key, names)}`),
    ...refused.map(({ key, allowed }) => `${key} must be one of ${allowed.join(', ')}`),
  ];
  if (problems.length === 0) return [];
  const message = `Parameters of ${name}: ${problems.join('; ')}.`;
  return [
    { reason: 'parameters-wrong', message, evidence: { missing, unknown, notAllowed: refused.map(({ key }) => key) } },
  ];
}

function checkCapabilities({ capabilities, stack }: StackGoal, summary: Summary): readonly Finding[] {
  // Macros need no acknowledgement where a change set shows what they come to. Source: API Reference, CreateChangeSet.
  const needed = (summary.Capabilities ?? []).filter(each => each !== 'CAPABILITY_AUTO_EXPAND');
  const missing = [...new Set(needed)].filter(
    each => !capabilities.some(own => own === each || (each === 'CAPABILITY_IAM' && own === 'CAPABILITY_NAMED_IAM')),
  );
  if (missing.length === 0) return [];
  const why = summary.CapabilitiesReason === undefined ? '' : ` ${summary.CapabilitiesReason}.`;
  const message = `The template of ${stack} needs ${missing.join(', ')}.${why}`;
  const next = `Read what it makes, then add: \`capabilities: [${[...capabilities, ...missing].join(', ')}]\`.`;
  return [{ reason: 'capabilities-missing', message, evidence: { missing }, next }];
}

/** What a change set is asked with: what is given; else what the stack has; else, by leaving it out, the default. */
export function parametersFor({ given }: StackGoal, summary: Summary, stack: Stack | undefined): Parameter[] {
  const previous = new Set((stack?.Parameters ?? []).map(({ ParameterKey }) => ParameterKey));
  return (summary.Parameters ?? []).flatMap(({ ParameterKey = '' }): Parameter[] => {
    const own = given.get(ParameterKey);
    if (own !== undefined) return [{ ParameterKey, ParameterValue: own.value }];
    return previous.has(ParameterKey) ? [{ ParameterKey, UsePreviousValue: true }] : [];
  });
}

/** Parameters whose old values will be gone for good: hidden, and given anew. */
export function irretrievable({ given }: StackGoal, summary: Summary, stack: Stack | undefined): readonly string[] {
  const had = new Set((stack?.Parameters ?? []).map(({ ParameterKey }) => ParameterKey));
  return (summary.Parameters ?? [])
    .filter(({ ParameterKey = '', NoEcho }) => NoEcho === true && given.has(ParameterKey) && had.has(ParameterKey))
    .map(({ ParameterKey = '' }) => ParameterKey);
}
