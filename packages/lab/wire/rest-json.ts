import { parseBody } from './aws-json.ts';
import { findError } from './failure.ts';
import { readJson, writeJson } from './json.ts';
import { refuseType } from './refusal.ts';
import { type Documents, restProtocol } from './rest.ts';
import { isRecord } from './strict.ts';

const documents: Documents = {
  contentType: 'application/json',
  read(shape, body, path, strict) {
    const read = readJson(shape, parseBody(body), path, strict);
    return isRecord(read) ? { ...read } : refuseType(path, 'It', 'a Structure');
  },
  write: (_name, shape, value, _namespace, strict) => JSON.stringify(writeJson(shape, value, '', strict)),
};

/** REST-JSON (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html): the error's name is in a header. */
export const restJson = restProtocol(documents, (failure, model, _id, strict) => {
  const shape = findError(model, failure.code)?.shape;
  const fields = shape === undefined ? {} : writeJson(shape, failure.fields, '', strict);
  const message = shape?.members.has('Message') === true ? 'Message' : 'message';
  return {
    status: failure.status,
    headers: { 'Content-Type': 'application/json', 'x-amzn-errortype': failure.code },
    body: JSON.stringify({ [message]: failure.message, ...(isRecord(fields) ? fields : {}) }),
  };
});
