import { isRecord, parse } from './manifest.ts';

/**
 * Which release a site shows, and who is changing it. One small object, written only as long as it is what was read
 * (`If-Match`): of two that begin together one wins, and the other one learns it before it touches a page.
 */
export interface SiteState {
  /** Rises with every change that is begun. */
  readonly generation: number;
  /** Digest of the manifest that is shown; null before the first. */
  readonly current: string | null;
  readonly pending: Pending | null;
}

export interface Pending {
  readonly manifest: string;
  /** What was shown when it was begun, of which `current` knows nothing on a first deployment. */
  readonly before: string | null;
  /** Who does it: the run, and which of its changes. */
  readonly by: string;
}

export const noState: SiteState = { generation: 0, current: null, pending: null };

const schema = 1;

export function writeState(state: SiteState): Uint8Array {
  return Buffer.from(`${JSON.stringify({ schema, ...state })}\n`);
}

/** Undefined for what this version cannot read: then nothing may be changed. */
export function readState(body: Uint8Array): SiteState | undefined {
  const value = parse(body);
  if (!isRecord(value) || value.schema !== schema || typeof value.generation !== 'number') return undefined;
  const { generation, current, pending } = value;
  if (current !== null && typeof current !== 'string') return undefined;
  if (pending === null) return { generation, current, pending };
  if (!isRecord(pending) || typeof pending.manifest !== 'string' || typeof pending.by !== 'string') return undefined;
  const { manifest, by, before } = pending;
  return { generation, current, pending: { manifest, by, before: typeof before === 'string' ? before : null } };
}
