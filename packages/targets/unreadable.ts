import type { Finding } from '#core/finding';
import type { Snapshot } from '#core/receipt';

/** A snapshot that a newer version has written, or that another target has. */
export function unreadable({ target, schema }: Snapshot): Finding {
  const message = `The recorded way back is of target ${target}, schema ${schema}; this version cannot read it.`;
  return { reason: 'journal-invalid', message, evidence: { target, schema } };
}
