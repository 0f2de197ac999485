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
];

/** What registering this definition again would take, every other member untouched, known to the SDK or not. */
export function registrable(definition: JsonObject, tags: readonly JsonObject[] = []): JsonObject {
  const kept = Object.entries(definition).filter(([member]) => !readOnly.includes(member));
  return { ...Object.fromEntries(kept), ...(tags.length === 0 ? {} : { tags }) };
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
 * (empty lists, zero, its documented defaults) do not count as a difference.
 */
export function sameDefinition(wanted: JsonObject, existing: JsonObject): boolean {
  return same(registrable(wanted), registrable(existing));
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
    return wanted.length === existing.length && wanted.every((item, index) => same(item, existing[index]));
  }
  if (isObject(wanted) && isObject(existing)) {
    const members = new Set([...Object.keys(wanted), ...Object.keys(existing)]);
    return [...members].every(member => {
      const [one, other] = [wanted[member], existing[member]];
      return one === undefined || other === undefined ? isFiller(member, one ?? other) : same(one, other);
    });
  }
  return wanted === existing;
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
