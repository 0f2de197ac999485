import { formatBytes } from '../bytes.ts';
import type { Limit } from '../flow/limit.ts';

/** A value in the unit of its limit, for people. */
export function valueText(value: number, unit: Limit['threshold']['unit']): string {
  const rounded = Math.round(value * 10) / 10;
  switch (unit) {
    case 'percent':
      return `${rounded} %`;
    case 'count':
      return String(rounded);
    case 'milliseconds':
      return value >= 1000 ? `${Math.round(value / 10) / 100} s` : `${Math.round(value)} ms`;
    case 'bytes':
      return formatBytes(value);
  }
}

/** `09:04`, the minute of a value, in UTC as the log has it. */
export function timeText(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
