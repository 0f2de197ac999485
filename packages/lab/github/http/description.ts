/**
 * GitHub's own OpenAPI description (@octokit/openapi): which routes exist, what they accept and what they answer. Read
 * on first use (about 0.1 s); each route's schemas are compiled when the route is first called.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { describeGaps } from './description-gaps.ts';
import { isRecord, referenceId, type Schema, toJsonSchema } from './schema.ts';

export interface Description {
  /** Every route of GitHub's, by `METHOD /template`. */
  readonly operations: ReadonlyMap<string, Operation>;
}

export interface Operation {
  readonly method: string;
  readonly template: string;
  readonly documentation: string;
  readonly hasBody: boolean;
  readonly bodyRequired: boolean;
  /** Validators coerce (path and query come as text) and fill in defaults. */
  readonly path: () => ValidateFunction;
  readonly query: () => ValidateFunction;
  readonly body: () => ValidateFunction;
  /** Undefined where the description does not know the status. `none` where it has no body. */
  readonly response: (status: number, contentType: string) => ValidateFunction | 'none' | undefined;
}

let loaded: Description | undefined;

export function describeGitHub(): Description {
  loaded ??= load();
  return loaded;
}

function load(): Description {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
  const api: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(api) || !isRecord(api.paths)) throw new Error(`${file} is not an OpenAPI description`);
  describeGaps(api);
  const look = (reference: string): unknown => {
    const keys = reference.replace('#/', '').split('/');
    return keys.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), api);
  };
  const deref = (value: unknown): Schema => {
    const found = isRecord(value) && typeof value.$ref === 'string' ? look(value.$ref) : value;
    return isRecord(found) ? found : {};
  };
  const compile = createCompiler(look);
  const operations = new Map<string, Operation>();
  for (const [template, methods] of Object.entries(api.paths)) {
    if (!isRecord(methods)) continue;
    for (const [method, operation] of Object.entries(methods)) {
      if (!isRecord(operation)) continue;
      const name = `${method.toUpperCase()} ${template}`;
      operations.set(name, describe(name, operation, deref, compile));
    }
  }
  return { operations };
}

type Compile = (schema: unknown, lenient: boolean) => ValidateFunction;

function describe(name: string, operation: Schema, deref: (value: unknown) => Schema, compile: Compile): Operation {
  const [method = '', template = ''] = name.split(' ');
  const parameters = Array.isArray(operation.parameters) ? operation.parameters.map(deref) : [];
  const request = deref(operation.requestBody);
  const bodySchema = content(request, 'application/json');
  const responses = deref(operation.responses);
  const documentation = deref(operation.externalDocs).url;
  const place = (where: string) => () => {
    const found = parameters.filter(parameter => parameter.in === where);
    const properties = Object.fromEntries(found.map(parameter => [String(parameter.name), parameter.schema ?? {}]));
    const required = found.filter(parameter => parameter.required === true).map(parameter => parameter.name);
    return compile({ type: 'object', properties, required, additionalProperties: false }, true);
  };
  const once = remember();
  return {
    method,
    template,
    documentation: typeof documentation === 'string' ? documentation : 'https://docs.github.com/rest',
    hasBody: bodySchema !== undefined,
    bodyRequired: request.required === true,
    path: () => once('path', place('path')),
    query: () => once('query', place('query')),
    body: () =>
      once('body', () => compile(bodySchema ?? { type: 'object', properties: {}, additionalProperties: false }, false)),
    response(status, contentType) {
      const response = responses[String(status)];
      if (response === undefined) return undefined;
      const schema = content(deref(response), contentType);
      return schema === undefined ? 'none' : once(`${status} ${contentType}`, () => compile(schema, false));
    },
  };
}

function content(holder: Schema, contentType: string): unknown {
  const media = isRecord(holder.content)
    ? (holder.content[contentType] ?? holder.content['application/json'])
    : undefined;
  return isRecord(media) ? media.schema : undefined;
}

function remember(): (key: string, make: () => ValidateFunction) => ValidateFunction {
  const made = new Map<string, ValidateFunction>();
  return (key, make) => {
    const validator = made.get(key) ?? make();
    made.set(key, validator);
    return validator;
  };
}

function createCompiler(look: (reference: string) => unknown): Compile {
  const formats = {
    // Addresses that were not given are empty text.
    uri: (text: string) => text === '' || URL.canParse(text.replaceAll(/\{[^}]*\}/g, '')),
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    // A bot's address has brackets in it, which no stricter rule allows.
    email: /^\S+@\S+$/,
  };
  const options = {
    strict: false,
    logger: false,
    useDefaults: true,
    allErrors: false,
    formats,
    validateSchema: false,
  } as const;
  const exact = new Ajv(options);
  const lenient = new Ajv({ ...options, coerceTypes: true });
  // Both forms of a schema are stored: an `allOf` asks for the open one.
  const add = (ajv: Ajv, schema: unknown): void => {
    for (const reference of references(schema)) {
      if (ajv.schemas[referenceId(reference, false)]) continue;
      const target = look(reference);
      for (const open of [false, true])
        ajv.addSchema(toJsonSchema(target, open) as Schema, referenceId(reference, open));
      add(ajv, target);
    }
  };
  return (schema, coerce) => {
    const ajv = coerce ? lenient : exact;
    add(ajv, schema);
    return ajv.compile(toJsonSchema(schema) as Schema);
  };
}

function references(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(references);
  if (!isRecord(schema)) return [];
  return typeof schema.$ref === 'string' ? [schema.$ref] : Object.values(schema).flatMap(references);
}
