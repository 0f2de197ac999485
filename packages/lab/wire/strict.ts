import type { TimestampFormat } from './schema.ts';

/** What every reader and writer of the wire needs to know besides the schema. */
export interface Strictness {
  /** Service id, the first part of the name of a future field. */
  readonly service: string;
  /** `<service>.<Shape>.<member>`: fields that AWS has and this SDK does not know; their values pass as they are. */
  readonly future: ReadonlySet<string>;
  /** REST-JSON renames members by the `jsonName` trait, the RPC protocols do not. */
  readonly jsonName: boolean;
  /** Format of a timestamp without a format of its own. */
  readonly timestamps: TimestampFormat;
}

export function isFuture(strict: Strictness, shape: string, member: string): boolean {
  return strict.future.has(`${strict.service}.${shape}.${member}`);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
