/** What a URN says of a resource: `urn:pulumi:<stack>::<project>::<parents$type>::<name>`, as Pulumi documents it. */
export interface ResourceName {
  readonly type: string;
  readonly name: string;
}

/** Type and name of a resource, for people: `subnet (aws:ec2/subnet:Subnet)`. A text that is no URN stays as it is. */
export function resourceText(urn: string): string {
  const { type, name } = parseUrn(urn);
  return type === '' ? name : `${name} (${type})`;
}

/** Source: https://www.pulumi.com/docs/iac/concepts/resources/names/#urns. Names may hold `::` themselves. */
export function parseUrn(urn: string): ResourceName {
  const [head = '', , types, ...names] = urn.split('::');
  if (!head.startsWith('urn:pulumi:') || types === undefined || names.length === 0) return { type: '', name: urn };
  return { type: types.split('$').at(-1) ?? types, name: names.join('::') };
}
