import type * as model from '@aws-sdk/client-sns';
import { ServiceError } from '../../wire/service.ts';
import { isRecord } from '../../wire/strict.ts';
import { invalid } from './errors.ts';
import type { Published } from './state.ts';

/** Body and attributes together, in bytes, for a topic that sets no other limit. */
const largest = 262_144;

type Message = Pick<Published, 'subject' | 'message' | 'attributes'>;

/** What a message may be: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function readMessage(input: model.PublishCommandInput): Message {
  const { Message: body = '', Subject: subject, MessageStructure: structure, MessageAttributes: given = {} } = input;
  if (body === '') throw invalid('Empty message');
  checkSubject(subject);
  const attributes = readAttributes(given);
  const size = Buffer.byteLength(body) + sizeOf(given);
  if (size > largest) throw invalid('Message too long');
  if (structure === undefined) return { subject, message: body, attributes };
  if (structure !== 'json') throw invalid('MessageStructure');
  return { subject, message: byProtocol(body), attributes };
}

/** “No line breaks or control characters, and less than 100 characters long.” */
function checkSubject(subject: string | undefined): void {
  if (subject === undefined) return;
  if (subject === '' || subject.length >= 100 || /\p{Cc}/u.test(subject)) throw invalid('Subject');
}

/** A key that is no protocol, and a value that is no text, is passed over; without a default nothing is accepted. */
function byProtocol(body: string): Readonly<Record<string, string>> {
  const parsed = parse(body);
  if (!isRecord(parsed)) throw invalid('Message Structure - JSON message body failed to parse');
  const texts = Object.entries(parsed).filter(([, text]) => typeof text === 'string');
  if (!texts.some(([key]) => key === 'default')) {
    throw invalid('Message Structure - No default entry in JSON message body');
  }
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

type Given = NonNullable<model.PublishCommandInput['MessageAttributes']>;

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
function readAttributes(given: Given): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, { DataType: type = '', StringValue: text, BinaryValue: bytes }]) => {
      const wrong = (message: string) => new ServiceError('ParameterValueInvalid', message);
      if (!/^(?!.*\.\.)(?!\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/.test(name) || /^(aws|amazon)\./i.test(name)) {
        throw wrong(`The message attribute name '${name}' is invalid.`);
      }
      if (!/^(String|String\.Array|Number|Binary)$/.test(type)) {
        throw wrong(`The message attribute '${name}' has an invalid message attribute type.`);
      }
      const value = type === 'Binary' ? bytes && Buffer.from(bytes).toString('base64') : text;
      if (value === undefined || value === '') {
        throw wrong(`The message attribute '${name}' must contain non-empty message attribute value.`);
      }
      if (type === 'Number' && !Number.isFinite(Number(value))) {
        throw wrong(`Could not cast message attribute '${name}' value to number.`);
      }
      return [name, value];
    }),
  );
}

/** Name, type and value count. */
function sizeOf(given: Given): number {
  return Object.entries(given).reduce((sum, [name, { DataType = '', StringValue = '', BinaryValue }]) => {
    return sum + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0);
  }, 0);
}
