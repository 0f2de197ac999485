import { table } from './table.ts';

/** The keys that a component of this target has, as the schema describes them: those that it needs first, then as they are declared. */
export function keysTable(schema: unknown, target: string): string {
  const all = at(schema, 'properties', 'components', 'additionalProperties', 'oneOf');
  const found = Array.isArray(all) ? all.find(one => at(one, 'properties', 'target', 'const') === target) : undefined;
  const required = at(found, 'required');
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const rows = Object.entries(at(found, 'properties') ?? {})
    .filter(([key]) => key !== 'target')
    .map(([key, value]) => ({ key, value, needed: needed.includes(key) }))
    .toSorted((one, other) => Number(other.needed) - Number(one.needed));
  return table(
    ['key', '', 'default'],
    rows.map(({ key, value, needed: must }) => [`\`${key}\``, description(value), shownDefault(value, must)]),
  );
}

function description(value: unknown): string {
  const said = String(at(value, 'description') ?? '');
  const choices = at(value, 'enum');
  return Array.isArray(choices) ? `${said} ${choices.map(choice => `\`${choice}\``).join(' · ')}` : said;
}

function shownDefault(value: unknown, needed: boolean): string {
  if (needed) return '**required**';
  const found = at(value, 'default');
  return found === undefined ? '' : `\`${typeof found === 'string' ? found : JSON.stringify(found)}\``;
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined),
    value,
  );
}
