import { isRecord } from '#core/flow/raw';
import { parseJson } from './read-json.ts';

/** What Pulumi prints for a secret. */
const blinded = '[secret]';

/**
 * Reads `pulumi stack output --json`: plain values as they are, everything else as JSON. Outputs that are secret, or hold one
 * anywhere, are left out. `undefined` for what cannot be read.
 */
export function readOutputs(text: string): Readonly<Record<string, string>> | undefined {
  const value = parseJson(text);
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, output]) => {
      const written = typeof output === 'string' ? output : JSON.stringify(output);
      return written === undefined || written.includes(blinded) ? [] : [[name, written]];
    }),
  );
}
