/** A smoke test as its file declares it: read, checked, and filled in for one release. Times are milliseconds. */
export interface SmokeFile {
  /** Absent when the environment or the action says where to go. */
  readonly baseUrl?: string | undefined;
  /** For one request, unless a step says otherwise. */
  readonly timeout: number;
  readonly ready?: Ready | undefined;
  readonly version?: VersionCheck | undefined;
  readonly steps: readonly Step[];
}

/** Asked again and again, until it answers as wanted or `within` has passed. Nothing else is ever asked twice. */
export interface Ready {
  readonly path: string;
  readonly status: readonly number[];
  readonly within: number;
  readonly every: number;
}

/** Where the endpoint says which version it is. */
export interface VersionCheck {
  readonly path: string;
  readonly found:
    | { readonly in: 'json'; readonly pointer: string }
    | { readonly in: 'header'; readonly header: string }
    | { readonly in: 'body' };
}

export interface Step {
  readonly name: string;
  readonly request: StepRequest;
  readonly expect: Expectation;
}

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type Method = (typeof METHODS)[number];

export interface StepRequest {
  readonly method: Method;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly timeout?: number | undefined;
  readonly followRedirects: boolean;
}

export interface Expectation {
  readonly status: readonly number[];
  /** By name, whatever its case; a value that ends in `*` is the beginning of what must come. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the answer's JSON must contain. Absent is not null. */
  readonly json?: { readonly contains: unknown } | undefined;
  /** What stands at places of the answer's JSON, by JSON Pointer (RFC 6901). */
  readonly jsonAt: Readonly<Record<string, unknown>>;
  readonly bodyContains: readonly string[];
  /** The longest time to the end of the answer. */
  readonly within?: number | undefined;
}
