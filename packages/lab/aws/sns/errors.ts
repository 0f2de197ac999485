import { ServiceError } from '../../wire/service.ts';

/** As SNS words it: the parameter, or what is wrong with it. */
export function invalid(what: string): ServiceError {
  return new ServiceError('InvalidParameter', `Invalid parameter: ${what}`);
}
