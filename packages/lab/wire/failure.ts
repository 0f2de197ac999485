import { type ErrorModel, isXml, type ServiceModel } from './model.ts';
import type { Failure } from './protocol.ts';
import { type InputRefusal, LabDefect } from './refusal.ts';
import type { ServiceError } from './service.ts';
import { unmodelledErrors } from './unmodelled-errors.ts';

/** What the front door of every AWS service can refuse, before the service itself sees the request. */
export type FrontDoor =
  | 'unsigned'
  | 'incomplete-signature'
  | 'unknown-key'
  | 'expired'
  | 'clock-skew'
  | 'denied'
  | 'throttled'
  | 'unknown-operation';

type Words = Readonly<Record<FrontDoor, readonly [code: string, status: number]>>;

/** Codes of the JSON protocols: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html */
const json: Words = {
  unsigned: ['MissingAuthenticationTokenException', 400],
  'incomplete-signature': ['IncompleteSignatureException', 400],
  'unknown-key': ['UnrecognizedClientException', 400],
  expired: ['ExpiredTokenException', 400],
  'clock-skew': ['InvalidSignatureException', 400],
  denied: ['AccessDeniedException', 400],
  throttled: ['ThrottlingException', 400],
  'unknown-operation': ['UnknownOperationException', 400],
};

/** Codes of Query and REST-XML: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const xml: Words = {
  unsigned: ['MissingAuthenticationToken', 403],
  'incomplete-signature': ['IncompleteSignature', 400],
  'unknown-key': ['InvalidClientTokenId', 403],
  expired: ['ExpiredToken', 403],
  'clock-skew': ['SignatureDoesNotMatch', 403],
  denied: ['AccessDenied', 403],
  throttled: ['Throttling', 400],
  'unknown-operation': ['InvalidAction', 400],
};

/** Codes of EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const ec2: Words = {
  unsigned: ['MissingAuthenticationToken', 403],
  'incomplete-signature': ['IncompleteSignature', 400],
  'unknown-key': ['AuthFailure', 401],
  expired: ['RequestExpired', 400],
  'clock-skew': ['RequestExpired', 400],
  denied: ['UnauthorizedOperation', 403],
  throttled: ['RequestLimitExceeded', 503],
  'unknown-operation': ['InvalidAction', 400],
};

/** REST-JSON has the names of JSON and tells them by status too. */
const restJson: Words = {
  ...json,
  unsigned: ['MissingAuthenticationTokenException', 403],
  'incomplete-signature': ['IncompleteSignatureException', 403],
  'unknown-key': ['UnrecognizedClientException', 403],
  expired: ['ExpiredTokenException', 403],
  'clock-skew': ['InvalidSignatureException', 403],
  denied: ['AccessDeniedException', 403],
  throttled: ['ThrottlingException', 429],
  'unknown-operation': ['UnknownOperationException', 404],
};

/** S3 has names of its own: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList */
const s3: Words = {
  unsigned: ['AccessDenied', 403],
  'incomplete-signature': ['AuthorizationHeaderMalformed', 400],
  'unknown-key': ['InvalidAccessKeyId', 403],
  expired: ['ExpiredToken', 400],
  'clock-skew': ['RequestTimeTooSkewed', 403],
  denied: ['AccessDenied', 403],
  throttled: ['SlowDown', 503],
  'unknown-operation': ['MethodNotAllowed', 405],
};

const serverCodes = ['InternalFailure', 'InternalServerError', 'InternalError', 'ServiceUnavailable'];
const validationCodes = [
  'ValidationError',
  'ValidationException',
  'InvalidParameterValue',
  'InvalidParameterCombination',
  'MissingParameter',
  'SerializationException',
  'MalformedInput',
  'RequestTimeout',
];
const shared = new Set([...serverCodes, ...validationCodes, ...[json, xml, s3].flatMap(words => codesOf(words))]);

function codesOf(words: Words): string[] {
  return Object.values(words).map(([code]) => code);
}

/** Names that a service models for what others tell by the common ones. */
const ownWords: Readonly<Partial<Record<FrontDoor, string>>> = {
  // Lambda: https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html#API_GetFunction_Errors
  throttled: 'TooManyRequestsException',
  // SNS: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
  denied: 'AuthorizationError',
};

export function frontDoorFailure(model: ServiceModel, reason: FrontDoor, message: string): Failure {
  const [common, status] = wordsOf(model)[reason];
  const own = ownWords[reason];
  const code = own !== undefined && findError(model, own) !== undefined && !model.errors.has(common) ? own : common;
  return { code, message, status: findError(model, code)?.status ?? status, fields: {} };
}

/** Services that came from Query tell their old code in a header: both names of one refusal. */
export function queryCodeOf(model: ServiceModel, code: string): string {
  const modelled = model.errors.get(code);
  if (modelled !== undefined) return modelled.queryCode;
  const reason = Object.entries(json).find(([, [each]]) => each === code)?.[0];
  return Object.entries(xml).find(([each]) => each === reason)?.[1][0] ?? code;
}

function wordsOf(model: ServiceModel): Words {
  if (model.signingName === 's3') return s3;
  switch (model.protocol) {
    case 'aws-json-1.0':
    case 'aws-json-1.1':
      return json;
    case 'rest-json':
      return restJson;
    case 'ec2-query':
      return ec2;
    case 'query':
    case 'rest-xml':
      return xml;
  }
}

export function findError(model: ServiceModel, code: string): ErrorModel | undefined {
  return model.errors.get(code) ?? [...model.errors.values()].find(error => error.queryCode === code);
}

/** An error of a behaviour or a fault. A code that neither the model nor the common errors have is a `LabDefect`. */
export function serviceFailure(model: ServiceModel, error: ServiceError): Failure {
  const modelled = findError(model, error.code);
  const documented = unmodelledErrors[model.signingName]?.[error.code];
  // EC2 has hundreds of codes, none of which its SDK knows.
  const known = modelled ?? documented ?? (shared.has(error.code) || model.protocol === 'ec2-query');
  if (known === false) {
    throw new LabDefect(`${error.code} is no error of ${model.signingName} (${error.message})`, { cause: error });
  }
  return {
    code: modelled?.name ?? error.code,
    message: error.message,
    status: modelled?.status ?? documented ?? error.status,
    fields: error.fields,
  };
}

/**
 * A refusal by the schema in the words of the service. Inference: the code for a missing member is the parameter error
 * that the service models, else `ValidationException`; for everything else it is the deserialiser's.
 */
export function refusalFailure(model: ServiceModel, refusal: InputRefusal): Failure {
  const at = refusal.path === '' ? '' : ` (at ${refusal.path})`;
  if (refusal.kind !== 'missing') {
    const inXml = model.signingName === 's3' ? 'MalformedXML' : 'MalformedInput';
    const code = words(model, 'UnknownParameter', inXml, 'SerializationException');
    return { code, message: `${refusal.message}${at}`, status: 400, fields: {} };
  }
  const parameterErrors = ['MissingRequiredParameterException', 'InvalidParameterException'];
  const inJson = parameterErrors.find(each => model.errors.has(each)) ?? 'ValidationException';
  const inXml = model.signingName === 's3' ? 'InvalidArgument' : 'ValidationError';
  const code = words(model, 'MissingParameter', inXml, inJson);
  const message = `1 validation error detected: Value null at '${refusal.path}' failed to satisfy constraint: Member must not be null`;
  return { code, message, status: 400, fields: {} };
}

function words(model: ServiceModel, inEc2: string, inXml: string, inJson: string): string {
  if (model.protocol === 'ec2-query') return inEc2;
  return isXml(model) ? inXml : inJson;
}
