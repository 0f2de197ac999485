/** What a route answers. */

export interface Answer {
  readonly status: number;
  /** Left out: no body. */
  readonly body?: unknown;
  /** Instead of `body`: bytes as they are. */
  readonly raw?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown, location?: string): Answer => ({
  status: 201,
  body,
  ...(location === undefined ? {} : { headers: { location } }),
});
export const accepted = (body: unknown): Answer => ({ status: 202, body });
export const noContent: Answer = { status: 204 };

/** One page of a list; `link` is filled in by the handler, which knows the address. */
export interface Page {
  readonly number: number;
  readonly last: number;
}

export interface PagedAnswer extends Answer {
  readonly page: Page;
}

export interface Paging {
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
}

/** GitHub gives at most 100 a page, whatever was asked for. */
export function paged<Item>(
  items: readonly Item[],
  { page = 1, per_page = 30 }: Paging,
  show: (item: Item) => unknown,
  wrap: (shown: readonly unknown[], total: number) => unknown = shown => shown,
): PagedAnswer {
  const size = Math.min(Math.max(per_page, 1), 100);
  const number = Math.max(page, 1);
  const shown = items.slice((number - 1) * size, number * size).map(show);
  return {
    status: 200,
    body: wrap(shown, items.length),
    page: { number, last: Math.max(1, Math.ceil(items.length / size)) },
  };
}
