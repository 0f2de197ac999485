import type { Reading } from '../flow/fields.ts';
import { nearest } from '../flow/nearest.ts';

const FORM = 'write the place whose clocks you go by, as in Australia/Brisbane';

/** Names that people use and the time zone database does not have: those that change with the season mean a place. */
const meant: Readonly<Record<string, string>> = {
  AEST: 'AEST has no daylight saving: write Australia/Brisbane, or Australia/Sydney for clocks that change',
  AEDT: 'write Australia/Sydney, whose clocks change',
  ACST: 'write Australia/Darwin, or Australia/Adelaide for clocks that change',
  AWST: 'write Australia/Perth',
  NZST: 'write Pacific/Auckland',
  EST: 'write America/New_York, or America/Panama for clocks that do not change',
  PST: 'write America/Los_Angeles',
  CET: 'write the place, as in Europe/Berlin',
  GMT: 'write UTC, or Europe/London for clocks that change',
};

/** A zone of the time zone database (IANA). Abbreviations and bare offsets are refused: they do not say when the clocks change. */
export function readZone(text: string): Reading<string> {
  const place = text === 'UTC' || /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(text);
  if (place && isKnown(text)) return { ok: true, value: text };
  const near = place ? nearest(text, Intl.supportedValuesOf('timeZone')) : undefined;
  const hint = meant[text.toUpperCase()] ?? (near === undefined ? FORM : `did you mean \`${near}\`?`);
  return { ok: false, message: `\`${text}\` is not a time zone`, hint };
}

function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
