/** What came of a call, with everything taken out that no two worlds have in common: times, tokens, made-up ids. */
export type Observation =
  | { readonly kind: 'result'; readonly result: Value }
  | { readonly kind: 'error'; readonly error: string; readonly status: number };

export type Value = string | number | boolean | null | readonly Value[] | { readonly [member: string]: Value };

/** Ids that a world has made up, and what they are called in every world. */
export type Names = Map<string, string>;

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const isoTime = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+0000)/g;
const token = /(Token|Marker)$/i;

export function resultOf(output: unknown, names: Names): Observation {
  return { kind: 'result', result: normalise(output, names) };
}

/** An error of the service; whatever else goes wrong is thrown. */
export function errorOf(error: unknown): Observation {
  if (!(error instanceof Error) || !('$metadata' in error)) throw error;
  const { httpStatusCode: status } = error.$metadata as { readonly httpStatusCode?: number };
  if (status === undefined) throw error;
  return { kind: 'error', error: error.name, status };
}

function normalise(value: unknown, names: Names): Value {
  if (value instanceof Date) return '(time)';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return value.map(each => normalise(each, names));
  if (typeof value === 'string') return withoutIds(value, names);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  const members = Object.entries(value).filter(([name, each]) => name !== '$metadata' && isSomething(each));
  return Object.fromEntries(
    members.map(([name, each]) => [name, token.test(name) ? '(token)' : normalise(each, names)]),
  );
}

/** An empty list or map and none are the same on the wire of some protocols. */
function isSomething(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'object' || value instanceof Date) return true;
  return Object.keys(value).length > 0;
}

/** Long ones first: an ARN holds the id that it ends with. */
function withoutIds(text: string, names: Names): string {
  const known = [...names].toSorted(([one], [other]) => other.length - one.length);
  return known
    .reduce((rest, [id, name]) => rest.replaceAll(id, `(${name})`), text)
    .replace(uuid, '(uuid)')
    .replace(isoTime, '(time)');
}
