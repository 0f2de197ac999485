import * as z from 'zod/mini';
import type { ChangeRow } from '../target.ts';

/** What a script tells the action in the file `RELEASE_RESULT`. */
export interface CommandResult {
  /** Whether anything was changed, or would be; undefined: it does not say. */
  readonly changed?: boolean | undefined;
  readonly message?: string | undefined;
  readonly outputs?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** What runs now, in a form that its `rollback` understands; null: nothing does. */
  readonly receipt?: Readonly<Record<string, unknown>> | null | undefined;
  readonly changes?: readonly ChangeRow[] | undefined;
}

export type CommandResultReading =
  | { readonly ok: true; readonly result: CommandResult }
  | { readonly ok: false; readonly message: string };

/** Receipts are kept in the journal: what is larger belongs into a store, its digest here. Characters. */
const largestReceipt = 16 * 1024;

const row = z.strictObject({ what: z.string(), before: z.string(), after: z.string() });

const schema = z.strictObject({
  changed: z.optional(z.boolean()),
  message: z.optional(z.string()),
  outputs: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  receipt: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  changes: z.optional(z.array(row)),
});

/** An empty file, or none, says nothing, and that is allowed. */
export function readCommandResult(text: string): CommandResultReading {
  if (text.trim() === '') return { ok: true, result: {} };
  const value = parse(text);
  if (value === undefined) return { ok: false, message: 'it is not JSON' };
  const read = z.safeParse(schema, value);
  if (!read.success) {
    const problems = read.error.issues.map(issue => `${issue.path.join('.') || 'the whole'}: ${wordsOf(issue)}`);
    return { ok: false, message: problems.join('; ') };
  }
  const size = JSON.stringify(read.data.receipt ?? null).length;
  if (size > largestReceipt) {
    return { ok: false, message: `its receipt has ${size} characters, and ${largestReceipt} are the most` };
  }
  return { ok: true, result: read.data };
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.join(', ')} is not known; there are ${Object.keys(schema.def.shape).join(', ')}`;
  }
  return issue.code === 'invalid_type' ? `is not a ${issue.expected}` : 'has the wrong form';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
