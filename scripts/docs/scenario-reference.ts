type Schema = Readonly<Record<string, unknown>>;

/** Every key of a scenario file as nested lists, from its JSON Schema: what stands in an editor stands here. */
export function scenarioReference(schema: Schema): string {
  const file = propertiesOf(schema);
  const steps = at(file, 'steps', 'items');
  const step = propertiesOf(steps);
  const expectations = propertiesOf(at(step, 'expect', 'items'));
  const application = at(file, 'applications', 'additionalProperties');
  const behaviour = at(propertiesOf(application), 'default');
  const happening = new Set(Object.keys(propertiesOf(at(step, 'meanwhile', 'items'))));
  const inStep = (wanted: boolean) =>
    Object.fromEntries(
      Object.entries(step).filter(([key]) => key !== 'expect' && key !== 'meanwhile' && happening.has(key) === wanted),
    );
  const top = Object.fromEntries(Object.entries(file).filter(([key]) => !['steps', 'applications'].includes(key)));
  return [
    section('The file', top),
    section('`applications`: by name, `default` and by version what an image does', propertiesOf(behaviour)),
    section('`steps`: in a step only', inStep(false)),
    section('`steps`: in a step, or `meanwhile` and `after` a time', inStep(true)),
    section('`expect`: a list, of which each holds one or more of', expectations),
  ].join('\n\n');
}

function section(title: string, keys: Readonly<Record<string, Schema>>): string {
  return [`#### ${title}`, '', ...entries(keys, 0)].join('\n');
}

function entries(keys: Readonly<Record<string, Schema>>, depth: number): readonly string[] {
  return Object.entries(keys).flatMap(([key, schema]) => {
    const said = [descriptionOf(schema), typeWords(schema)].filter(text => text !== '').join('; ');
    return [`${'  '.repeat(depth)}- \`${key}\`${said === '' ? '' : `: ${said}`}`, ...entries(inner(schema), depth + 1)];
  });
}

/** The keys below, through lists, maps and alternatives. */
function inner(schema: Schema): Readonly<Record<string, Schema>> {
  const below = [schema.items, schema.additionalProperties, ...alternatives(schema)].filter(isSchema);
  return below.map(part => inner(part)).reduce(merged, propertiesOf(schema));
}

/** A key that several alternatives have stands for all that it may be. */
function merged(
  one: Readonly<Record<string, Schema>>,
  other: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  const result: Record<string, Schema> = { ...one };
  for (const [key, schema] of Object.entries(other)) {
    const known = result[key];
    const same = known === undefined || JSON.stringify(known) === JSON.stringify(schema);
    result[key] = same ? schema : { anyOf: [...(known.anyOf === undefined ? [known] : alternatives(known)), schema] };
  }
  return result;
}

function typeWords(schema: Schema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map(value => `\`${value}\``).join(', ');
  if ('const' in schema) return `\`${schema.const}\``;
  const others = alternatives(schema);
  if (others.length > 0) return [...new Set(others.map(alternativeWords).filter(text => text !== ''))].join(', or ');
  switch (schema.type) {
    case 'array': {
      const of = isSchema(schema.items) ? typeWords(schema.items) : '';
      return of === '' ? 'a list' : `a list of ${of}`;
    }
    case 'object':
      return isSchema(schema.additionalProperties) ? 'a map' : '';
    case 'boolean':
      return '`true` or `false`';
    case 'null':
      return '`null`';
    default:
      return '';
  }
}

/** What one of several values means stands beside it. */
function alternativeWords(schema: Schema): string {
  const means = 'const' in schema ? descriptionOf(schema) : '';
  return means === '' ? typeWords(schema) : `${typeWords(schema)} (${means})`;
}

function descriptionOf(schema: Schema): string {
  return typeof schema.description === 'string' ? schema.description.replace(/\.$/, '') : '';
}

function alternatives({ anyOf, oneOf }: Schema): readonly Schema[] {
  return [anyOf, oneOf].flatMap(list => (Array.isArray(list) ? list.filter(isSchema) : []));
}

function propertiesOf({ properties }: Schema): Readonly<Record<string, Schema>> {
  return isSchema(properties) ? Object.fromEntries(Object.entries(properties).filter(isEntry)) : {};
}

function isEntry(entry: [string, unknown]): entry is [string, Schema] {
  return isSchema(entry[1]);
}

/** The schema at a place that has to be there: when the language loses it, this page has to change. */
function at(keys: Readonly<Record<string, Schema>>, ...path: readonly string[]): Schema {
  const found = path.reduce<unknown>((value, part) => (isSchema(value) ? value[part] : undefined), keys);
  if (!isSchema(found)) throw new Error(`the schema of scenarios has no ${path.join('.')}`);
  return found;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
