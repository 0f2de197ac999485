import { gunzipSync, gzipSync } from 'node:zlib';
import type { Snapshot } from '#core/receipt';

/** What a stack was: its template by digest, with where its body is, and its parameters. */
export interface StackState {
  readonly stack: string;
  readonly template: TemplateState;
  /** Those whose values CloudFormation shows. */
  readonly parameters: Readonly<Record<string, string>>;
  /** NoEcho parameters: their values are nowhere but in the stack. */
  readonly hidden: readonly string[];
  readonly capabilities: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface TemplateState {
  /** `sha256:…` of the body. */
  readonly digest: string;
  /** An object of S3, or the body itself (gzip, base64); neither where it was too large and no bucket was named. */
  readonly bucket?: string;
  readonly key?: string;
  readonly body?: string;
}

const schema = 1;

export function stackSnapshot(state: StackState): Snapshot {
  return { target: 'cloudformation', schema, state: { ...state } };
}

/** Reads a snapshot of the journal; undefined where it is of another target, or newer than this version understands. */
export function readStackSnapshot(snapshot: Snapshot): StackState | undefined {
  if (snapshot.target !== 'cloudformation' || snapshot.schema !== schema) return undefined;
  const { stack, template, parameters, hidden, capabilities, tags, outputs } = snapshot.state;
  if (typeof stack !== 'string' || !isTemplate(template)) return undefined;
  if (!isTexts(parameters) || !isTexts(tags) || !isTexts(outputs)) return undefined;
  if (!isList(hidden) || !isList(capabilities)) return undefined;
  return { stack, template, parameters, hidden, capabilities, tags, outputs };
}

export function packBody(body: string): string {
  return gzipSync(body, { level: 9 }).toString('base64');
}

export function unpackBody(packed: string): string {
  return gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');
}

function isTemplate(value: unknown): value is TemplateState {
  if (typeof value !== 'object' || value === null || !('digest' in value) || typeof value.digest !== 'string')
    return false;
  return (['bucket', 'key', 'body'] as const).every(key =>
    ['string', 'undefined'].includes(typeof Reflect.get(value, key)),
  );
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && Object.values(value).every(each => typeof each === 'string');
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}
