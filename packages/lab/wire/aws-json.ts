import { findError, queryCodeOf } from './failure.ts';
import { readJson, writeJson } from './json.ts';
import type { Protocol } from './protocol.ts';
import { InputRefusal, refuseType } from './refusal.ts';
import { isRecord } from './strict.ts';

/**
 * AWS JSON 1.0 and 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html): POST /, the operation in
 * `X-Amz-Target`, one JSON object each way. Services that came from Query add `x-amzn-query-error` to their errors.
 */
export const awsJson: Protocol = {
  operation(request, model) {
    const [target, operation] = (request.headers['x-amz-target'] ?? '').split('.');
    return target === model.target ? (operation ?? '') : undefined;
  },

  read(request, operation, strict) {
    if (request.headers['content-type']?.startsWith('application/x-amz-json-1.') !== true) {
      throw new InputRefusal('malformed', '', `Content-Type is ${request.headers['content-type'] ?? 'missing'}`);
    }
    const value = parseBody(request.body);
    if (operation.input === undefined) return {};
    const read = readJson(operation.input, value, '', strict);
    return isRecord(read) ? { ...read } : refuseType('', 'It', 'a Structure');
  },

  write(output, operation, model, _id, strict) {
    const body = operation.output === undefined ? {} : writeJson(operation.output, output ?? {}, '', strict);
    return { status: 200, headers: contentType(model.protocol), body: JSON.stringify(body) };
  },

  fail(failure, model, _id, strict) {
    const shape = findError(model, failure.code)?.shape;
    const fields = shape === undefined ? {} : writeJson(shape, failure.fields, '', strict);
    const message = shape?.members.has('Message') === true ? 'Message' : 'message';
    const body = { __type: failure.code, [message]: failure.message, ...(isRecord(fields) ? fields : {}) };
    const fault = failure.status >= 500 ? 'Receiver' : 'Sender';
    const old = model.queryCompatible ? { 'x-amzn-query-error': `${queryCodeOf(model, failure.code)};${fault}` } : {};
    return {
      status: failure.status,
      headers: { ...contentType(model.protocol), ...old },
      body: JSON.stringify(body),
    };
  },
};

function contentType(protocol: string): Record<string, string> {
  return { 'Content-Type': `application/x-amz-json-${protocol === 'aws-json-1.0' ? '1.0' : '1.1'}` };
}

export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new InputRefusal('malformed', '', `The body is not JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
}
