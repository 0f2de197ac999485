/** GitHub says no. `message` is what it says; `status` how REST says it, `type` how GraphQL does. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly (Readonly<Record<string, unknown>> | string)[] | undefined;
  readonly type: string;

  constructor(
    status: number,
    message: string,
    details: { readonly errors?: readonly (Readonly<Record<string, unknown>> | string)[]; readonly type?: string } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.errors = details.errors;
    this.type = details.type ?? (status === 404 ? 'NOT_FOUND' : status === 403 ? 'FORBIDDEN' : 'UNPROCESSABLE');
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found');
/** What every GITHUB_TOKEN hears that lacks a permission. */
export const notAccessible = (): Refusal => new Refusal(403, 'Resource not accessible by integration');

/** A field of a resource that is wrong: the shape that GitHub documents under "client errors". */
export function invalid(resource: string, field: string, code: string, message?: string): Refusal {
  const error = { resource, field, code, ...(message === undefined ? {} : { message }) };
  return new Refusal(422, 'Validation Failed', { errors: [error] });
}

/** GitHub exists here, this part of it does not: the scenario must fail, and say why. */
export class NotModelled extends Error {
  constructor(what: string) {
    super(`the lab does not model ${what}`);
    this.name = 'NotModelled';
  }
}
