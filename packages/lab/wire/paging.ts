/** One page of a list, and the token of the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/**
 * Cuts a page out of a list. `query` is what was asked, without the token: a token is good for the question that it was
 * given for and for no other. Undefined when it is not: every service has its own error for that.
 */
export function cutPage<T>(
  all: readonly T[],
  query: unknown,
  token: string | undefined,
  size: number,
): Page<T> | undefined {
  const asked = JSON.stringify(query);
  const start = token === undefined ? 0 : readToken(token, asked);
  if (start === undefined || start > all.length) return undefined;
  const end = start + size;
  return { items: all.slice(start, end), next: end < all.length ? writeToken(end, asked) : undefined };
}

function writeToken(start: number, asked: string): string {
  return Buffer.from(JSON.stringify([start, asked])).toString('base64url');
}

function readToken(token: string, asked: string): number | undefined {
  try {
    const [start, question]: unknown[] = JSON.parse(Buffer.from(token, 'base64url').toString());
    return typeof start === 'number' && question === asked ? start : undefined;
  } catch {
    return undefined;
  }
}
