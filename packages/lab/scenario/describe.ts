import type { Expectation } from './schema.ts';

/** An expectation in words: `run release: conclusion success · jobs release / plan success`. */
export function describeExpectation(expectation: Expectation): string {
  return Object.entries(expectation)
    .filter(([, wanted]) => wanted !== undefined)
    .map(([kind, wanted]) => `${kind}: ${inWords(wanted)}`)
    .join(' · ');
}

function inWords(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(inWords).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([name, part]) => `${name} ${inWords(part)}`)
    .join(' · ');
}
