import { NotModelled } from '../../../wire/not-modelled.ts';
import { isRecord, type Json, type ResourceDeclaration } from '../template/parse.ts';
import type { ApiRoute } from './http-api.ts';
import { InvalidResource } from './invalid.ts';
import { createdBySam, roleOf } from './role.ts';

/** Properties that a function of Lambda has under the same name. */
const same = [
  'Architectures',
  'Description',
  'Environment',
  'FunctionName',
  'Handler',
  'Layers',
  'MemorySize',
  'Runtime',
  'Timeout',
] as const;

const own = ['CodeUri', 'Events', 'Policies', 'Role', ...same];

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
export function expandFunction(
  id: string,
  { Properties = {}, Metadata, DeletionPolicy, UpdateReplacePolicy, DependsOn, Condition }: ResourceDeclaration,
  globals: Json,
  routes: ReadonlyMap<string, ApiRoute[]>,
): Readonly<Record<string, ResourceDeclaration>> {
  const properties = merged(globals, Properties);
  const other = Object.keys(properties).find(name => !own.includes(name));
  if (other !== undefined) throw new NotModelled(`with ${other} of a serverless function`);
  if (Condition !== undefined) throw new NotModelled('with a condition on a serverless function');
  const role = properties.Role === undefined ? { [`${id}Role`]: roleOf(id, properties.Policies) } : {};
  return {
    [id]: {
      Type: 'AWS::Lambda::Function',
      Metadata: { SamResourceId: id, ...Metadata },
      ...(DependsOn === undefined ? {} : { DependsOn }),
      ...(DeletionPolicy === undefined ? {} : { DeletionPolicy }),
      ...(UpdateReplacePolicy === undefined ? {} : { UpdateReplacePolicy }),
      Properties: {
        Code: codeOf(properties.CodeUri),
        Role: properties.Role ?? { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
        ...Object.fromEntries(same.flatMap(name => (name in properties ? [[name, properties[name]]] : []))),
        Tags: [createdBySam],
      },
    },
    ...role,
    ...permissions(id, properties.Events, routes),
  };
}

/** `s3://bucket/key`, or `{ Bucket, Key, Version }`. A path of the build is none: `sam package` puts the object in its place. */
function codeOf(uri: unknown): Json {
  if (isRecord(uri)) {
    const { Bucket, Key, Version } = uri;
    if (typeof Bucket !== 'string' || typeof Key !== 'string') {
      throw new InvalidResource(`'CodeUri' requires Bucket and Key properties to be specified.`);
    }
    return { S3Bucket: Bucket, S3Key: Key, ...(Version === undefined ? {} : { S3ObjectVersion: Version }) };
  }
  const { bucket, key } = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>[^?]+)$/.exec(String(uri))?.groups ?? {};
  if (bucket === undefined || key === undefined) {
    throw new InvalidResource(
      `'CodeUri' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.`,
    );
  }
  return { S3Bucket: bucket, S3Key: key };
}

/** An event of the type HttpApi is a route of that API, and its permission to call the function. */
function permissions(
  id: string,
  events: unknown,
  routes: ReadonlyMap<string, ApiRoute[]>,
): Readonly<Record<string, ResourceDeclaration>> {
  return Object.fromEntries(
    Object.entries(isRecord(events) ? events : {}).map(([name, event]) => {
      const { Type, Properties } = isRecord(event) ? event : {};
      if (Type !== 'HttpApi' || !isRecord(Properties))
        throw new NotModelled(`with an event of the type ${String(Type)}`);
      const { ApiId, Method, Path, ...others } = Properties;
      const [other] = Object.keys(others);
      if (other !== undefined) throw new NotModelled(`with ${other} of an event HttpApi`);
      const api = isRecord(ApiId) ? String(ApiId.Ref) : '';
      const known = routes.get(api);
      if (known === undefined) throw new NotModelled('with an HTTP API that the template does not have');
      const [method, path] = [String(Method), String(Path)];
      if (!/^[A-Z]+$/i.test(method) || method.toUpperCase() === 'ANY')
        throw new NotModelled(`with the method ${method}`);
      known.push({ method: method.toLowerCase(), path, function: id });
      const called = path.replaceAll(/\{[^}]+\}/g, '*');
      return [`${id}${name}Permission`, permission(id, api, `${method.toUpperCase()}${called}`)];
    }),
  );
}

function permission(id: string, api: string, route: string): ResourceDeclaration {
  const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${route}`;
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: id },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Sub': [arn, { __ApiId__: { Ref: api }, __Stage__: '*' }] },
    },
  };
}

/**
 * Maps are joined, lists are added to each other, anything else of the function goes before.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
function merged(globals: Json, local: Json): Json {
  const both = Object.keys(local).filter(name => name in globals);
  return { ...globals, ...local, ...Object.fromEntries(both.map(name => [name, joined(globals[name], local[name])])) };
}

function joined(global: unknown, local: unknown): unknown {
  if (Array.isArray(global) && Array.isArray(local)) return [...global, ...local];
  return isRecord(global) && isRecord(local) ? merged(global, local) : local;
}
