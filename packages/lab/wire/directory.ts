import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import { ec2Query } from './ec2-query.ts';
import { isXml, type OperationModel, type ProtocolId, readModel, type ServiceModel } from './model.ts';
import type { Incoming, Protocol } from './protocol.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import { methodOf } from './route.ts';
import { s3Protocol } from './s3.ts';
import { s3Action } from './s3-actions.ts';
import type { Service } from './service.ts';
import type { Strictness } from './strict.ts';
import { createThrottle, type Throttle } from './throttle.ts';

/** A service with everything that the wire layer derives from its SDK package. */
export interface Desk {
  readonly service: Service;
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  readonly strict: Strictness;
  readonly throttle: Throttle;
}

const protocols: Readonly<Record<ProtocolId, Protocol>> = {
  'aws-json-1.0': awsJson,
  'aws-json-1.1': awsJson,
  query: awsQuery,
  'ec2-query': ec2Query,
  'rest-json': restJson,
  'rest-xml': restXml,
};

/** IAM's name of a service, where it is not the signing name. */
const iamPrefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Throws when a service has a behaviour that its SDK does not know, or a future field that it does. */
export function openDesks(services: readonly Service[], futureFields: ReadonlySet<string>): Desk[] {
  const desks = services.map(service => openDesk(service, futureFields));
  for (const field of futureFields) {
    const desk = desks.find(each => field.startsWith(`${each.service.id}.`));
    if (desk === undefined || !/^[^.]+\.[^.]+\.[^.]+$/.test(field)) {
      throw new Error(`The future field ${field} is not <service>.<Shape>.<member> of a service of this lab`);
    }
    checkFutureField(desk, field);
  }
  return desks;
}

function openDesk(service: Service, future: ReadonlySet<string>): Desk {
  const model = readModel(service.model);
  for (const operation of Object.keys(service.operations)) {
    if (!model.operations.has(operation)) throw new Error(`${service.id} has no operation ${operation} in its SDK`);
  }
  for (const operation of (service.buckets ?? []).flatMap(bucket => bucket.operations)) {
    if (!model.operations.has(operation))
      throw new Error(`${service.id} throttles ${operation}, which its SDK does not have`);
  }
  return {
    service,
    model,
    protocol: model.signingName === 's3' ? s3Protocol : protocols[model.protocol],
    strict: {
      service: service.id,
      future,
      jsonName: model.protocol === 'rest-json',
      timestamps: isXml(model) ? 'date-time' : 'epoch-seconds',
    },
    throttle: createThrottle(service.buckets ?? []),
  };
}

function checkFutureField({ model }: Desk, field: string): void {
  const [, shape, member] = field.split('.');
  if (isXml(model)) {
    throw new Error(`The future field ${field} needs a JSON protocol: values pass as they are`);
  }
  const found = reachableStructures(model).get(shape ?? '');
  if (found === undefined) throw new Error(`The future field ${field} names a shape that the SDK does not have`);
  if (found.members.has(member ?? '')) throw new Error(`The field ${field} is no longer of the future: the SDK has it`);
}

function reachableStructures(model: ServiceModel) {
  const found = new Map<string, NonNullable<OperationModel['input']>>();
  const open = [...model.operations.values()].flatMap(({ input, output }) => [input, output]).filter(each => !!each);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next.name)) continue;
    found.set(next.name, next);
    for (const member of next.members.values()) {
      let { shape } = member;
      while (shape.kind === 'list' || shape.kind === 'map') {
        shape = shape.kind === 'list' ? shape.member.shape : shape.value.shape;
      }
      if (shape.kind === 'structure') open.push(shape);
    }
  }
  return found;
}

/** The service that a request is for. `signingName` is undefined for an unsigned request. */
export function findDesk(
  desks: readonly Desk[],
  request: Incoming,
  signingName: string | undefined,
): { readonly desk: Desk; readonly operation: string } | undefined {
  for (const desk of desks) {
    if (signingName !== undefined && desk.model.signingName !== signingName) continue;
    const operation = desk.protocol.operation(request, desk.model);
    if (operation !== undefined) return { desk, operation };
  }
  return undefined;
}

/** IAM's name of an operation, where it is not the operation's own. */
const iamNames: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

export function actionOf({ model }: Desk, operation: string): string {
  if (model.signingName === 's3') return s3Action(operation);
  // Its policies name the verbs: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
  if (model.signingName === 'apigateway') return `apigateway:${methodOf(model.operations.get(operation)) ?? operation}`;
  const action = `${iamPrefixes[model.signingName] ?? model.signingName}:${operation}`;
  return iamNames[action] ?? action;
}
