import type { Observation, Value } from './observe.ts';

export interface Difference {
  /** `Versions[1].State`; `outcome`, `error` and `status` where an error is involved. */
  readonly path: string;
  readonly lab: string;
  readonly moto: string;
}

/**
 * The lab is held to what it says: every member of its answers has to be moto’s, too, and every list as long. What only moto has is
 * nothing that anybody here reads.
 */
export function differencesOf(lab: Observation, moto: Observation): readonly Difference[] {
  if (lab.kind === 'error' && moto.kind === 'error') {
    return [...whereNot('error', lab.error, moto.error), ...whereNot('status', lab.status, moto.status)];
  }
  if (lab.kind === 'result' && moto.kind === 'result') return inValues('', lab.result, moto.result);
  return [{ path: 'outcome', lab: outcomeOf(lab), moto: outcomeOf(moto) }];
}

function outcomeOf(observation: Observation): string {
  return observation.kind === 'error' ? `${observation.error} (${observation.status})` : 'accepted';
}

function inValues(path: string, lab: Value, moto: Value | undefined): readonly Difference[] {
  if (isList(lab)) {
    const other = isList(moto) ? moto : [];
    return [
      ...whereNot(`${path}.length`, lab.length, other.length),
      ...lab.flatMap((each, index) => (index < other.length ? inValues(`${path}[${index}]`, each, other[index]) : [])),
    ];
  }
  if (isMap(lab)) {
    const other = isMap(moto) ? moto : {};
    return Object.entries(lab).flatMap(([name, each]) =>
      inValues(path === '' ? name : `${path}.${name}`, each, other[name]),
    );
  }
  return whereNot(path, lab, moto);
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function isMap(value: Value | undefined): value is { readonly [member: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function whereNot(path: string, lab: Value, moto: Value | undefined): readonly Difference[] {
  const [one, other] = [JSON.stringify(lab), JSON.stringify(moto) ?? 'nothing'];
  return one === other ? [] : [{ path, lab: one, moto: other }];
}
