import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Plan } from '#core/plan/plan';
import { subjectOf } from '#core/plan/subject';

/**
 * How long a plan may be as it is, in bytes. It reaches the next action as an environment variable, and Linux starts no process with one
 * over 128 KiB. Source: execve(2), MAX_ARG_STRLEN.
 */
const longest = 64 * 1024;

const packed = 'gzip,base64:';

/** A plan as it travels between jobs: JSON, or that of hundreds of components packed. */
export function textOfPlan(plan: Plan): string {
  const json = JSON.stringify(plan);
  return Buffer.byteLength(json) <= longest ? json : `${packed}${gzipSync(json).toString('base64')}`;
}

/** The JSON of a plan that another job handed over; undefined for what nobody has packed. */
export function jsonOfPlan(text: string): string | undefined {
  if (!text.startsWith(packed)) return text;
  try {
    return gunzipSync(Buffer.from(text.slice(packed.length), 'base64')).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The digest of what a plan would do: whoever approves before the job asks, approves that. */
export function subjectDigest(plan: Plan): string {
  return createHash('sha256').update(subjectOf(plan)).digest('hex');
}
