import type { World } from '../schema.ts';

/** What stands in `aws` without being released: it says nothing of roles and trust. */
const besides = new Set([
  'alarms',
  'apis',
  'code-objects',
  'databases',
  'images',
  'instances',
  'keys',
  'layers',
  'readers',
  'tables',
  'topics',
]);

type Entry = Readonly<Record<string, unknown>>;

/** The things of every list in `aws`, whatever they are. */
function entries(aws: World['aws'], wanted: (list: string) => boolean): readonly Entry[] {
  return Object.entries(aws).flatMap(([list, value]: readonly [string, unknown]) =>
    Array.isArray(value) && wanted(list) ? value.filter(isEntry) : [],
  );
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null;
}

/** What is released: services, functions and so on. */
export function released(aws: World['aws']): readonly Entry[] {
  return entries(aws, list => !besides.has(list));
}

/** The accounts that something is released to. */
export function accountsOf(aws: World['aws']): readonly string[] {
  return [...new Set(released(aws).flatMap(({ account }) => (typeof account === 'string' ? account : [])))];
}

/** Names under which applications answer. */
export function hostsOf(aws: World['aws']): readonly string[] {
  return entries(aws, () => true).flatMap(({ host }) => (typeof host === 'string' ? host : []));
}

/** Every application and version that is named: in services, images, functions, archives. */
export function applicationsIn(
  aws: World['aws'],
): readonly { readonly application: string; readonly version: string }[] {
  return entries(aws, () => true).flatMap(({ application, version }) =>
    typeof application === 'string' && typeof version === 'string' ? { application, version } : [],
  );
}
