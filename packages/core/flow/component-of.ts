import type { Flow } from './parse.ts';

/**
 * `api-v1.2.3` releases the component `api` alone; a prefix that is the name of no component says which product it is, and no more: then
 * undefined.
 */
export function componentOf(
  { components }: Pick<Flow, 'components'>,
  { prefix }: { readonly prefix: string },
): string | undefined {
  const name = prefix.slice(0, -1);
  return Object.hasOwn(components, name) ? name : undefined;
}
