import type { Parameter } from '@aws-sdk/client-cloudformation';
import { NotModelled } from '../../../wire/not-modelled.ts';
import { invalid } from '../errors.ts';
import type { ParameterDeclaration, Template } from './parse.ts';

/** Values by name, as text; those of NoEcho parameters are kept, and only ever shown as asterisks. */
export type ParameterValues = ReadonlyMap<string, string>;

/**
 * Joins what was given, what the stack had and the defaults.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function resolveParameters(
  template: Template,
  given: readonly Parameter[],
  previous: ParameterValues,
): ParameterValues {
  const unknown = given.map(each => each.ParameterKey ?? '').filter(key => !Object.hasOwn(template.parameters, key));
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const [key, declaration] of Object.entries(template.parameters)) {
    const own = given.find(each => each.ParameterKey === key);
    if (own?.UsePreviousValue === true && own.ParameterValue !== undefined) {
      throw invalid(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
      );
    }
    const fallback = declaration.Default === undefined ? undefined : textOf(declaration.Default);
    const value = own?.UsePreviousValue === true ? previous.get(key) : (own?.ParameterValue ?? fallback);
    if (value === undefined) missing.push(key);
    else values.set(key, value);
  }
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  for (const [key, value] of values) checkValue(key, value, template.parameters[key]);
  return values;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

function checkValue(key: string, value: string, declaration: ParameterDeclaration | undefined): void {
  if (declaration === undefined) return;
  const { Type, AllowedValues, AllowedPattern, ConstraintDescription } = declaration;
  const fail = (words: string) =>
    invalid(
      ConstraintDescription === undefined
        ? words
        : `Parameter ${key} failed to satisfy constraint: ${ConstraintDescription}`,
    );
  const items = isList(Type) ? value.split(',').map(each => each.trim()) : [value];
  if (AllowedValues !== undefined && !items.every(item => AllowedValues.map(textOf).includes(item))) {
    throw fail(`Parameter '${key}' must be one of AllowedValues`);
  }
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    throw fail(`Parameter '${key}' must match pattern ${AllowedPattern}`);
  }
  if (Type === 'Number' && (value.trim() === '' || Number.isNaN(Number(value)))) {
    throw invalid(`Parameter '${key}' must be a number.`);
  }
  const { MinLength, MaxLength, MinValue, MaxValue } = declaration;
  if (MinLength !== undefined && value.length < Number(MinLength)) {
    throw fail(`Parameter '${key}' must contain at least ${MinLength} characters`);
  }
  if (MaxLength !== undefined && value.length > Number(MaxLength)) {
    throw fail(`Parameter '${key}' must contain at most ${MaxLength} characters`);
  }
  if (MinValue !== undefined && Number(value) < Number(MinValue)) {
    throw fail(`Parameter '${key}' must be a number not less than ${MinValue}`);
  }
  if (MaxValue !== undefined && Number(value) > Number(MaxValue)) {
    throw fail(`Parameter '${key}' must be a number not greater than ${MaxValue}`);
  }
}

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/** What `Ref` of a parameter is: a list where its type says so. Values that AWS itself would look up are not modelled. */
export function refOf(declaration: ParameterDeclaration, value: string): unknown {
  if (declaration.Type.startsWith('AWS::SSM::'))
    throw new NotModelled(`with a parameter of the type ${declaration.Type}`);
  return isList(declaration.Type) ? value.split(',').map(each => each.trim()) : value;
}

/** `NoEcho: true`, as a boolean or a word. */
export function isHidden(declaration: ParameterDeclaration | undefined): boolean {
  return String(declaration?.NoEcho) === 'true';
}

export const mask = '****';
