/** Something that GitHub does and the lab does not. It fails what asked for it, and the scenario besides. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';

  constructor(what: string) {
    super(`The lab does not model ${what}`);
  }
}

/** The words for what went wrong in a run. What is the lab's own fault, not the workflow's, is noted as well. */
export function explain(error: unknown, note: (fault: string) => void): string {
  const own = [NotModelled, TypeError, RangeError, ReferenceError].some(kind => error instanceof kind);
  if (!(error instanceof Error)) return String(error);
  if (own) note(error.stack ?? error.message);
  return error.message;
}
