import type { Finding } from '#core/finding';

/** Compares a stack’s outputs with those expected: `*` is any value but none. Undefined when all is as it should be. */
export function judgeOutputs(
  stack: string,
  expected: Readonly<Record<string, string>>,
  outputs: Readonly<Record<string, string>>,
): Finding | undefined {
  const wrong = Object.entries(expected).flatMap(([key, value]) => {
    const found = outputs[key];
    if (found === undefined) return [`${key} is missing`];
    if (value === '*') return found === '' ? [`${key} is empty`] : [];
    return found === value ? [] : [`${key} is “${found}” instead of “${value}”`];
  });
  if (wrong.length === 0) return undefined;
  const message = `The outputs of ${stack} are not those that were expected: ${wrong.join('; ')}.`;
  return { reason: 'outputs-differ', message, evidence: { wrong } };
}
