import type { OperationModel, ServiceModel } from './model.ts';
import type { Strictness } from './strict.ts';

/** A request as it came, its body complete and decompressed. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** An error as it goes on the wire. `code` is the modelled exception's name or a code that all services share. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One side of an AWS protocol: requests in, answers out. Readers throw `InputRefusal`, writers `LabDefect`. */
export interface Protocol {
  /** Name of the operation that the request asks of this service; undefined when it is not for this service. */
  operation(request: Incoming, model: ServiceModel): string | undefined;
  read(request: Incoming, operation: OperationModel, strict: Strictness): Record<string, unknown>;
  write(output: unknown, operation: OperationModel, model: ServiceModel, id: string, strict: Strictness): Reply;
  fail(failure: Failure, model: ServiceModel, id: string, strict: Strictness): Reply;
}
