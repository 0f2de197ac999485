import { ServiceError } from '../../wire/service.ts';
import { arnOf, functionArn, type LambdaFunction, type Realm } from './state.ts';

/** Words as in public recordings of the service (acceptance tests and snapshots of open source tools). */
const error = (code: string, message: string, status: number) =>
  new ServiceError(code, message, status, { Type: 'User' });

export const invalid = (message: string) => error('InvalidParameterValueException', message, 400);
export const conflict = (message: string) => error('ResourceConflictException', message, 409);
export const notFound = (message: string) => error('ResourceNotFoundException', message, 404);
export const validation = (message: string) =>
  new ServiceError('ValidationException', `1 validation error detected: ${message}`, 400);

export const functionNotFound = (realm: Realm, name: string, qualifier?: string) =>
  notFound(`Function not found: ${functionArn(realm, name, qualifier)}`);
export const aliasNotFound = (fn: LambdaFunction, name: string) =>
  notFound(`Cannot find alias arn: ${arnOf(fn, name)}`);

/** `API`: the call that tells the present revision. */
export const revisionMismatch = (api: 'GetFunction/GetAlias' | 'GetFunction' = 'GetFunction/GetAlias') =>
  error(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${api} API to retrieve the latest Revision Id`,
    412,
  );
export const updating = (fn: LambdaFunction) =>
  conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${arnOf(fn)}`);
export const inState = (state: string) =>
  conflict(
    `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  );
