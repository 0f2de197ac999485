import type { JsonObject } from '#aws/raw-json';

/**
 * Members that DescribeTaskDefinition adds and RegisterTaskDefinition does not take.
 * Source: the SDK's types of both operations.
 */
const readOnly = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
];

/**
 * What registering this definition again would take, every other member untouched, known to the SDK or not. Tags that AWS has
 * set (`aws:cloudformation:stack-name`) are described but cannot be given.
 */
export function registrable(definition: JsonObject, tags: readonly JsonObject[] = []): JsonObject {
  const kept = Object.entries(definition).filter(([member]) => !readOnly.includes(member));
  const ours = tags.filter(tag => !String(tag.key).startsWith('aws:'));
  return { ...Object.fromEntries(kept), ...(ours.length === 0 ? {} : { tags: ours }) };
}

export function containerNames(definition: JsonObject): readonly string[] {
  return containersOf(definition).map(container => String(container.name));
}

/** The image of every container, by container name. */
export function imagesOf(definition: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    containersOf(definition).map(container => [String(container.name), String(container.image)]),
  );
}

/** The definition with other images for some of its containers. */
export function withImages(definition: JsonObject, images: Readonly<Record<string, string>>): JsonObject {
  const containerDefinitions = containersOf(definition).map(container => {
    const image = images[String(container.name)];
    return image === undefined ? container : { ...container, image };
  });
  return { ...definition, containerDefinitions };
}

/**
 * Whether ECS would describe `wanted`, once registered, just as it describes `existing`: members that ECS fills in
 * (empty lists, zero, its documented defaults) and the order of what is looked up by name do not count as a difference.
 * Tags count where `wanted` has some; otherwise somebody else's tags would make every deployment a change.
 */
export function sameDefinition(wanted: JsonObject, existing: JsonObject, tags: readonly JsonObject[] = []): boolean {
  return same(registrable(wanted), registrable(existing, wanted.tags === undefined ? [] : tags));
}

/** Values that ECS fills in for members that were not given. Source: RegisterTaskDefinition, API reference. */
const filledIn: Readonly<Record<string, readonly unknown[]>> = {
  essential: [true],
  cpu: [0],
  networkMode: ['bridge'],
  protocol: ['tcp'],
  readOnly: [false],
  interval: [30],
  timeout: [5],
  retries: [3],
};

function same(wanted: unknown, existing: unknown): boolean {
  if (Array.isArray(wanted) && Array.isArray(existing)) {
    const [one, other] = [inOrder(wanted), inOrder(existing)];
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  if (isObject(wanted) && isObject(existing)) {
    const members = new Set([...Object.keys(wanted), ...Object.keys(existing)]);
    return [...members].every(member => {
      const [one, other] = [wanted[member] ?? undefined, existing[member] ?? undefined];
      if (one !== undefined && other !== undefined) return same(one, other);
      return isFiller(member, one ?? other) || isHostPort(member, one ?? other, { ...wanted, ...existing });
    });
  }
  return wanted === existing;
}

/** Containers, variables, secrets, volumes and tags are looked up by name: ECS does not promise their order. */
function inOrder(list: readonly unknown[]): readonly unknown[] {
  const names = list.map(nameOf);
  if (names.includes(undefined) || new Set(names).size < list.length) return list;
  return list.toSorted((one, other) => ((nameOf(one) ?? '') < (nameOf(other) ?? '') ? -1 : 1));
}

function nameOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined;
  const name = item.name ?? item.key;
  return typeof name === 'string' ? name : undefined;
}

/** Without a host port, ECS describes the container's own one (`awsvpc`, `host`), or 0 for one that is chosen later. */
function isHostPort(member: string, value: unknown, mapping: JsonObject): boolean {
  return member === 'hostPort' && (value === 0 || value === mapping.containerPort);
}

function isFiller(member: string, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return filledIn[member]?.includes(value) ?? false;
}

function containersOf(definition: JsonObject): readonly JsonObject[] {
  const containers = definition.containerDefinitions;
  return Array.isArray(containers) ? containers.filter(isObject) : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
