import { isTuple, type Member, readMember, readTraits, type Shape, type Structure, type Traits } from './schema.ts';

export type ProtocolId = 'aws-json-1.0' | 'aws-json-1.1' | 'query' | 'ec2-query' | 'rest-json' | 'rest-xml';

export interface OperationModel {
  readonly name: string;
  readonly input: Structure | undefined;
  readonly output: Structure | undefined;
  readonly traits: Traits;
}

export interface ErrorModel {
  readonly name: string;
  readonly shape: Structure;
  /** The code on the wire of the Query protocol and of services that came from it. */
  readonly queryCode: string;
  /** HTTP status, where the model declares one. */
  readonly status: number | undefined;
}

/** Whether the answers of a service are XML. */
export function isXml({ protocol }: Pick<ServiceModel, 'protocol'>): boolean {
  return protocol === 'query' || protocol === 'ec2-query' || protocol === 'rest-xml';
}

/** What an SDK package says about its service. */
export interface ServiceModel {
  readonly protocol: ProtocolId;
  /** The service name in the scope of a SigV4 signature. */
  readonly signingName: string;
  /** `X-Amz-Target` prefix of the JSON protocols. */
  readonly target: string;
  readonly version: string;
  readonly xmlNamespace: string;
  /** JSON services that came from Query tell the old error code in a header. */
  readonly queryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly errors: ReadonlyMap<string, ErrorModel>;
}

const protocols: Readonly<Record<string, ProtocolId>> = {
  'aws.protocols#awsJson1_0': 'aws-json-1.0',
  'aws.protocols#awsJson1_1': 'aws-json-1.1',
  'aws.protocols#awsQuery': 'query',
  'aws.protocols#ec2Query': 'ec2-query',
  'aws.protocols#restJson1': 'rest-json',
  'aws.protocols#restXml': 'rest-xml',
};

/** Reads the namespace object of an SDK package (`import * as ecs from '@aws-sdk/client-ecs'`). */
export function readModel(sdk: object): ServiceModel {
  const schemas = Object.entries(sdk)
    .filter(([name]) => name.endsWith('$'))
    .map(([, schema]) => schema)
    .filter(isTuple);
  const config = clientConfig(sdk);
  const protocol = protocols[config.shapeId];
  if (protocol === undefined) throw new Error(`The lab does not speak ${config.shapeId}`);
  return {
    protocol,
    signingName: config.signingName,
    target: textOf(config.settings, 'serviceTarget'),
    version: textOf(config.settings, 'version'),
    xmlNamespace: textOf(config.settings, 'xmlNamespace'),
    queryCompatible: config.settings.awsQueryCompatible === true,
    operations: new Map(schemas.filter(each => each[0] === 9).map(each => [String(each[2]), readOperation(each)])),
    errors: new Map(schemas.filter(each => each[0] === -3).map(each => [String(each[2]), readError(each)])),
  };
}

function readOperation(schema: readonly unknown[]): OperationModel {
  return {
    name: String(schema[2]),
    traits: readTraits(schema[3]),
    input: structureOf(readMember('input', schema[4])),
    output: structureOf(readMember('output', schema[5])),
  };
}

function structureOf(member: Member): Structure | undefined {
  const { shape } = member;
  if (shape.kind === 'unit') return undefined;
  return mustBeStructure(shape);
}

function mustBeStructure(shape: Shape): Structure {
  if (shape.kind !== 'structure') throw new Error(`An SDK schema is a ${shape.kind} where a structure was expected`);
  return shape;
}

function readError(schema: readonly unknown[]): ErrorModel {
  const shape = mustBeStructure(readMember('error', schema).shape);
  const query = shape.traits.awsQueryError;
  const [code, queryStatus] = isTuple(query) ? query : [];
  const status = shape.traits.httpError ?? queryStatus;
  return {
    name: shape.name,
    shape,
    queryCode: typeof code === 'string' ? code : shape.name,
    status: typeof status === 'number' ? status : undefined,
  };
}

interface ClientConfig {
  readonly shapeId: string;
  readonly signingName: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The protocol, its settings and the signing name are only known to a client that has been made. */
function clientConfig(sdk: object): ClientConfig {
  const found = Object.entries(sdk).find(([name]) => /^[A-Za-z0-9]+Client$/.test(name));
  if (found === undefined) throw new Error('This is no namespace of an SDK package: it exports no client');
  const client: unknown = Reflect.construct(found[1], [{ region: 'us-east-1' }]);
  const config = recordOf(recordOf(client).config);
  const protocol = recordOf(config.protocol);
  const shapeId: unknown = typeof protocol.getShapeId === 'function' ? protocol.getShapeId() : undefined;
  if (typeof shapeId !== 'string' || typeof config.defaultSigningName !== 'string') {
    throw new Error(`${found[0]} of this SDK version does not tell its protocol`);
  }
  return { shapeId, signingName: config.defaultSigningName, settings: recordOf(config.protocolSettings) };
}

function recordOf(value: unknown): Record<string, unknown> {
  // Prototype methods count, so this is a view on the object, not a copy.
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOf(settings: Readonly<Record<string, unknown>>, name: string): string {
  const value = settings[name];
  return typeof value === 'string' ? value : '';
}
