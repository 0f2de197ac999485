import { createHash } from 'node:crypto';
import type { OperationModel, ServiceModel } from './model.ts';
import type { Incoming, Protocol } from './protocol.ts';
import { InputRefusal } from './refusal.ts';
import { bodyOf } from './rest.ts';
import { restXml } from './rest-xml.ts';
import { isTuple } from './schema.ts';
import { ServiceError } from './service.ts';
import { isRecord } from './strict.ts';
import { element, escapeXml } from './xml.ts';

/**
 * S3 is REST-XML with ways of its own (https://docs.aws.amazon.com/AmazonS3/latest/API/): the bucket is the first part of the
 * path (path style, as every SDK addresses an endpoint that is an IP address), the operation follows from the method, the
 * sub-resource in the query and `x-amz-copy-source`, and bodies may come in `aws-chunked` pieces with their checksum behind them.
 */
export const s3Protocol: Protocol = {
  operation: (request, model) => operationOf(request, model),

  read(request, operation, strict) {
    const { bucket, key } = addressOf(request);
    checkPayload(request);
    const shape = operation.input;
    if (shape === undefined) return {};
    const members = new Map([...shape.members].filter(([name]) => name !== 'Bucket' && name !== 'Key'));
    const required = new Set([...shape.required].filter(name => members.has(name)));
    const bare: OperationModel = { ...operation, input: { ...shape, members, required } };
    const read = restXml.read(routed(unchunked(request), operation), bare, strict);
    const has = (name: string) => shape.members.has(name);
    return { ...(has('Bucket') ? { Bucket: bucket } : {}), ...(has('Key') ? { Key: key } : {}), ...read };
  },

  write(output, operation, model, id, strict) {
    const reply = restXml.write(output, operation, model, id, strict);
    const shape = operation.output;
    if (shape === undefined || bodyOf(shape).members.size > 0 || reply.headers['Content-Type'] !== 'application/xml') {
      return reply;
    }
    // Where everything is in the headers there is no document, and its type is the object’s own.
    const { 'Content-Type': _, ...headers } = reply.headers;
    const type =
      isRecord(output) && typeof output.ContentType === 'string' ? { 'Content-Type': output.ContentType } : {};
    return { ...reply, headers: { ...headers, ...type }, body: '' };
  },

  fail(failure, model, id, strict) {
    const { fields, ...plain } = failure;
    const reply = restXml.fail({ ...plain, fields: {} }, model, id, strict);
    const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
    const region = texts.find(([name]) => name === 'BucketRegion')?.[1];
    const more = texts
      .filter(([name]) => name !== 'BucketRegion')
      .map(([name, value]) => element(name, escapeXml(value)))
      .join('');
    return {
      ...reply,
      headers: { ...reply.headers, ...(region === undefined ? {} : { 'x-amz-bucket-region': region }) },
      body: String(reply.body).replace('</Error>', `${more}</Error>`),
    };
  },
};

/** `/bucket/a%20b/c` → bucket and key, as they are named. Slashes belong to the key, double and last ones too. */
function addressOf({ path }: Incoming): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?([\s\S]*)$/.exec(path) ?? [];
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
}

/** `x-amz-content-sha256` is the SHA-256 of the body, unless it says why it is not. */
function checkPayload({ headers, body }: Incoming): void {
  const declared = headers['x-amz-content-sha256'] ?? '';
  if (!/^[0-9a-f]{64}$/.test(declared) || declared === createHash('sha256').update(body).digest('hex')) return;
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
  throw new ServiceError('XAmzContentSHA256Mismatch', message);
}

interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly onKey: boolean;
  /** The sub-resource: `delete`, `list-type=2`. `x-id` is the SDK’s own remark: other clients do not send it. */
  readonly query: readonly (readonly [string, string])[];
}

function routeOf(operation: OperationModel): Route | undefined {
  const { http } = operation.traits;
  if (!isTuple(http)) return undefined;
  const [path = '', query = ''] = String(http[1]).split('?');
  const parts = [...new URLSearchParams(query)].filter(([name]) => name !== 'x-id');
  return { operation, method: String(http[0]), onKey: path.includes('{Key+}'), query: parts };
}

const routes = new WeakMap<ServiceModel, readonly Route[]>();

function operationOf(request: Incoming, model: ServiceModel): string {
  const known = routes.get(model) ?? [...model.operations.values()].flatMap(each => routeOf(each) ?? []);
  routes.set(model, known);
  const { bucket, key } = addressOf(request);
  const copies = request.headers['x-amz-copy-source'] !== undefined;
  const fitting = known.filter(
    ({ operation, method, onKey, query }) =>
      method === request.method &&
      onKey === (key !== '') &&
      (operation.input?.members.has('Bucket') === true) === (bucket !== '') &&
      /Copy/.test(operation.name) === copies &&
      // What is done to an upload in parts names it: that alone tells it from what is done to an object.
      (operation.input?.members.has('UploadId') === true) === request.query.has('uploadId') &&
      query.every(([name, value]) => request.query.get(name) === value),
  );
  const [best] = fitting.toSorted((one, other) => other.query.length - one.query.length);
  return best?.operation.name ?? '';
}

/** The request as the route of the SDK’s own model would have it: the bucket is not in its path. */
function routed(request: Incoming, operation: OperationModel): Incoming {
  const { http } = operation.traits;
  const wanted = new URLSearchParams(isTuple(http) ? String(http[1]).split('?')[1] : '');
  const query = new URLSearchParams(request.query);
  for (const [name, value] of wanted) query.set(name, value);
  return { ...request, path: isTuple(http) && String(http[1]).startsWith('/{Key+}') ? '/key' : '/', query };
}

/**
 * Takes `aws-chunked` off: the pieces are put together, the trailer becomes headers, and what is left of Content-Encoding is the
 * object’s own. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
function unchunked(request: Incoming): Incoming {
  const { headers, body } = request;
  if (headers['x-amz-content-sha256']?.startsWith('STREAMING-') !== true) return request;
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (end === -1 || Number.isNaN(size)) throw new InputRefusal('malformed', '', 'The aws-chunked body is broken');
    at = end + 2;
    if (size === 0) break;
    pieces.push(body.subarray(at, at + size));
    at += size + 2;
  }
  const trailer = Object.fromEntries(
    body
      .toString('latin1', at)
      .split('\r\n')
      .filter(line => line.includes(':'))
      .map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const joined = Buffer.concat(pieces);
  const declared = Number(headers['x-amz-decoded-content-length']);
  if (declared !== joined.length) {
    throw new InputRefusal('malformed', '', `x-amz-decoded-content-length says ${declared}, not ${joined.length}`);
  }
  const announced = headers['x-amz-trailer'];
  if (announced !== undefined && trailer[announced.toLowerCase()] === undefined) {
    throw new InputRefusal('malformed', '', `The trailer ${announced} did not come`);
  }
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '' && part !== 'aws-chunked')
    .join(',');
  const { 'content-encoding': _, 'content-length': __, ...others } = headers;
  return {
    ...request,
    body: joined,
    headers: {
      ...others,
      ...trailer,
      'content-length': String(joined.length),
      ...(encoding === '' ? {} : { 'content-encoding': encoding }),
    },
  };
}
