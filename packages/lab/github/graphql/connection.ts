/** Connections: https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api */
import { Refusal } from '../world/refusal.ts';

export interface ConnectionArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export function connection<Item>(
  name: string,
  items: readonly Item[],
  given: ConnectionArguments,
  show: (item: Item) => object,
) {
  const { first, last } = given;
  if (first == null && last == null) {
    throw new Refusal(
      422,
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      {
        type: 'MISSING_PAGINATION_BOUNDARIES',
      },
    );
  }
  const wanted = first ?? last ?? 0;
  if (wanted > 100 || wanted < 0) {
    throw new Refusal(
      422,
      `Requesting ${wanted} records on the \`${name}\` connection exceeds the \`${first == null ? 'last' : 'first'}\` limit of 100 records.`,
      {
        type: 'EXCESSIVE_PAGINATION',
      },
    );
  }
  const from = given.after ? read(given.after) + 1 : 0;
  const to = given.before ? read(given.before) : items.length;
  const start = first == null ? Math.max(from, to - wanted) : from;
  const end = first == null ? to : Math.min(to, from + first);
  const edges = items.slice(start, end).map((item, index) => ({ cursor: write(start + index), node: show(item) }));
  return {
    edges,
    nodes: edges.map(edge => edge.node),
    totalCount: items.length,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
    },
  };
}

function write(index: number): string {
  return Buffer.from(`cursor:${index}`).toString('base64');
}

function read(cursor: string): number {
  const index = Number(/^cursor:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1] ?? Number.NaN);
  if (Number.isNaN(index))
    throw new Refusal(422, `\`${cursor}\` does not appear to be a valid cursor.`, { type: 'INVALID_CURSOR_ARGUMENTS' });
  return index;
}
