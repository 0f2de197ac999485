import { presentMembers } from './json.ts';
import type { OperationModel } from './model.ts';
import type { Incoming, Protocol, Reply } from './protocol.ts';
import { LabDefect, refuseMissing, refuseUnknown } from './refusal.ts';
import { findRoute, matchRoute, routeQuery, successStatus } from './route.ts';
import { readText, writeText, wrong } from './scalar.ts';
import type { Member, Shape, Structure, TimestampFormat } from './schema.ts';
import { isRecord, type Strictness } from './strict.ts';

/** How the documents of a REST protocol look. */
export interface Documents {
  readonly contentType: string;
  read(shape: Structure, body: Buffer, path: string, strict: Strictness): Record<string, unknown>;
  write(name: string, shape: Structure, value: unknown, namespace: string, strict: Strictness): string;
}

type Place = 'label' | 'query' | 'query-map' | 'header' | 'header-map' | 'payload' | 'status' | 'body';

/** https://smithy.io/2.0/spec/http-bindings.html */
function placeOf({ traits }: Member): Place {
  if (traits.httpLabel === 1) return 'label';
  if (traits.httpQuery !== undefined) return 'query';
  if (traits.httpQueryParams === 1) return 'query-map';
  if (traits.httpHeader !== undefined) return 'header';
  if (traits.httpPrefixHeaders !== undefined) return 'header-map';
  if (traits.httpPayload === 1) return 'payload';
  if (traits.httpResponseCode === 1) return 'status';
  return 'body';
}

const ofRequests: ReadonlySet<Place> = new Set(['label', 'query', 'query-map']);

/** What binds a request means nothing in an answer: the `position` of a page of API Gateway is in its document. */
function placeInAnswer(member: Member): Place {
  const place = placeOf(member);
  return ofRequests.has(place) ? 'body' : place;
}

/** The members of a structure that travel in the document. */
export function bodyOf(shape: Structure, place = placeOf): Structure {
  const members = new Map([...shape.members].filter(([, member]) => place(member) === 'body'));
  return { ...shape, members, required: new Set([...shape.required].filter(name => members.has(name))) };
}

export function restProtocol(documents: Documents, fail: Protocol['fail']): Protocol {
  return {
    operation: (request, model) => findRoute(model.operations.values(), request),
    read: (request, operation, strict) => readRequest(request, operation, documents, strict),
    write: (output, operation, model, _id, strict) =>
      writeReply(output ?? {}, operation, documents, model.xmlNamespace, strict),
    fail,
  };
}

function readRequest(request: Incoming, operation: OperationModel, documents: Documents, strict: Strictness) {
  const shape = operation.input;
  const labels = matchRoute(operation, request) ?? new Map<string, string>();
  if (shape === undefined) return {};
  const read: Record<string, unknown> = {};
  const known = routeQuery(operation);
  const asked = new Set([...request.query.keys()].filter(name => !known.has(name)));
  for (const member of shape.members.values()) {
    const value = readMember(member, request, labels, asked, documents, strict);
    if (value !== undefined) read[member.name] = value;
  }
  const [unknown] = asked;
  if (unknown !== undefined) refuseUnknown('', operation.name, unknown);
  const body = bodyOf(shape);
  if (body.members.size > 0) Object.assign(read, documents.read(body, request.body, '', strict));
  for (const name of shape.required) if (read[name] === undefined) refuseMissing('', name);
  return read;
}

/** `asked` loses the query parameters that a member takes. */
function readMember(
  member: Member,
  request: Incoming,
  labels: ReadonlyMap<string, string>,
  asked: Set<string>,
  documents: Documents,
  strict: Strictness,
): unknown {
  const { name, shape, traits } = member;
  switch (placeOf(member)) {
    case 'label':
      return readOne(shape, labels.get(name), name, 'date-time');
    case 'query': {
      const key = String(traits.httpQuery);
      const values = request.query.getAll(key);
      asked.delete(key);
      if (shape.kind !== 'list') return readOne(shape, values[0], name, 'date-time');
      return values.length === 0
        ? undefined
        : values.map(value => readOne(shape.member.shape, value, name, 'date-time'));
    }
    case 'query-map': {
      const entries = [...asked].map(key => [key, request.query.get(key)]);
      asked.clear();
      return Object.fromEntries(entries);
    }
    case 'header': {
      const value = request.headers[String(traits.httpHeader).toLowerCase()];
      if (shape.kind !== 'list') return readOne(shape, value, name, 'http-date');
      return value?.split(',').map(each => readOne(shape.member.shape, each.trim(), name, 'http-date'));
    }
    case 'header-map': {
      const prefix = String(traits.httpPrefixHeaders).toLowerCase();
      const entries = Object.entries(request.headers).filter(([key]) => key.startsWith(prefix));
      return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value]));
    }
    case 'payload':
      return readPayload(member, request.body, documents, strict);
    case 'status':
    case 'body':
      return undefined;
  }
}

function readOne(shape: Shape, text: string | undefined, path: string, timestamps: TimestampFormat): unknown {
  if (text === undefined) return undefined;
  if (shape.kind === 'structure' || shape.kind === 'list' || shape.kind === 'map') {
    throw new LabDefect(`${path}: the lab does not read a ${shape.kind} from a header, path or query`);
  }
  return readText(shape, text, path, timestamps);
}

function readPayload(member: Member, body: Buffer, documents: Documents, strict: Strictness): unknown {
  const { name, shape } = member;
  if (body.length === 0) return undefined;
  if (shape.kind === 'structure') return documents.read(shape, body, name, strict);
  if (shape.kind === 'blob') return new Uint8Array(body);
  if (shape.kind === 'string') return body.toString('utf8');
  throw new LabDefect(`${name}: the lab does not read a ${shape.kind} as a payload`);
}

function writeReply(
  output: unknown,
  operation: OperationModel,
  documents: Documents,
  namespace: string,
  strict: Strictness,
): Reply {
  const shape = operation.output;
  if (shape === undefined) return { status: successStatus(operation), headers: {}, body: '' };
  if (!isRecord(output)) return wrong('', output, shape.name);
  const headers: Record<string, string> = {};
  const inDocument: Record<string, unknown> = {};
  let status = successStatus(operation);
  let payload: string | Uint8Array | undefined;
  for (const [name, value] of presentMembers(shape, output, '')) {
    const member = shape.members.get(name);
    const place = member === undefined ? 'body' : placeInAnswer(member);
    if (member === undefined || place === 'body') inDocument[name] = value;
    else if (place === 'status') status = typeof value === 'number' ? value : wrong(name, value, 'status');
    else if (place === 'payload') payload = writePayload(member, value, documents, namespace, strict);
    else Object.assign(headers, writeHeaders(member, place, value));
  }
  const hasPayload = [...shape.members.values()].some(member => placeOf(member) === 'payload');
  if (hasPayload) return { status, headers, body: payload ?? '' };
  const body = documents.write(
    operation.output?.name ?? '',
    bodyOf(shape, placeInAnswer),
    inDocument,
    namespace,
    strict,
  );
  return { status, headers: { ...headers, 'Content-Type': documents.contentType }, body };
}

function writePayload(member: Member, value: unknown, documents: Documents, namespace: string, strict: Strictness) {
  const { name, shape, traits } = member;
  if (shape.kind === 'structure') {
    const root = typeof traits.xmlName === 'string' ? traits.xmlName : shape.name;
    return documents.write(root, shape, value, namespace, strict);
  }
  if (shape.kind === 'blob' && value instanceof Uint8Array) return value;
  if (shape.kind === 'string' && typeof value === 'string') return value;
  throw new LabDefect(`${name}: the lab does not write this payload`);
}

function writeHeaders(member: Member, place: Place, value: unknown): Record<string, string> {
  const { name, shape, traits } = member;
  if (place === 'header-map') {
    if (!isRecord(value)) return wrong(name, value, 'map');
    const prefix = String(traits.httpPrefixHeaders);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [`${prefix}${key}`, String(each)]));
  }
  if (place !== 'header' || shape.kind === 'structure' || shape.kind === 'list' || shape.kind === 'map') {
    throw new LabDefect(`${name}: the lab does not write a ${shape.kind} as ${place} of an answer`);
  }
  return { [String(traits.httpHeader)]: writeText(shape, value, name, 'http-date') };
}
