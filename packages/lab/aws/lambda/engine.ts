import { createHash } from 'node:crypto';
import type { LabClock } from '../../clock/clock.ts';
import { createPlaces, type Places } from '../../wire/places.ts';
import type { AppBehaviour } from '../ecs/behaviour.ts';
import type { LambdaSettings } from './settings.ts';
import type { Realm, Version } from './state.ts';

export type StoredObject =
  | { readonly body: Uint8Array }
  /** `PermanentRedirect`: the bucket is in another region, named in `region`. */
  | { readonly failure: 'NoSuchBucket' | 'NoSuchKey' | 'AccessDenied' | 'PermanentRedirect'; readonly region?: string };

/** What Lambda needs of the rest of AWS. */
export interface LambdaPorts {
  readonly images: {
    resolve(account: string, region: string, reference: string): { readonly digest: string } | 'not-found';
  };
  readonly objects: {
    get(account: string, region: string, bucket: string, key: string, version: string | undefined): StoredObject;
  };
  readonly logs: {
    createGroup(account: string, region: string, group: string): void;
    append(account: string, region: string, group: string, stream: string, time: number, message: string): void;
  };
  /** What an image does, by its digest. */
  readonly imageBehaviour: (digest: string, account: string) => AppBehaviour;
  /** What the code of an archive does, by `name` and `version` of its package.json. */
  readonly packageBehaviour: (name: string, version: string, account: string) => AppBehaviour;
}

export interface Engine {
  readonly clock: LabClock;
  readonly settings: LambdaSettings;
  readonly ports: LambdaPorts;
  readonly realms: Places<Realm>;
  /** A UUID; the n-th is the same in every run. */
  newRevision(): string;
}

export function createEngine(clock: LabClock, settings: LambdaSettings, ports: LambdaPorts): Engine {
  let count = 0;
  const realms = createPlaces(
    (account, region): Realm => ({ account, region, functions: new Map(), layers: new Set() }),
  );
  const newRevision = () => {
    count += 1;
    const hex = createHash('sha256').update(`lambda/${count}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  };
  return { clock, settings, ports, realms, newRevision };
}

/** Nothing goes on. */
export const successful = { value: 'Successful' } as const;
export const active = { value: 'Active' } as const;

/** The same version with some of it changed: a new revision. */
export function revised(engine: Engine, version: Version, change: Partial<Version>): Version {
  return { ...version, ...change, revision: engine.newRevision(), modified: engine.clock.now() };
}
