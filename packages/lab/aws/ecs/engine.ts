import type { LabClock } from '../../clock/clock.ts';
import type { Ids } from './ids.ts';
import type { EcsPorts } from './ports.ts';
import type { EcsSettings } from './settings.ts';
import type { Realm, Service } from './state.ts';

/** What every part of the world works with. */
export interface Engine {
  readonly clock: LabClock;
  readonly ports: EcsPorts;
  readonly settings: EcsSettings;
  readonly ids: Ids;
  readonly realms: Map<string, Realm>;
  /** Starts of an image so far, by digest: what behaviours count on. */
  readonly starts: Map<string, number>;
  /** What the Lambda functions of lifecycle hooks answer, call by call; the last answer holds on. */
  readonly lambdaAnswers: Map<string, ('SUCCEEDED' | 'FAILED' | 'IN_PROGRESS')[]>;
  /** Lets the service scheduler look at the service again. */
  readonly wake: (service: Service) => void;
}

export function realmOf(engine: Engine, account: string, region: string): Realm {
  const key = `${account}/${region}`;
  const known = engine.realms.get(key);
  if (known !== undefined) return known;
  const realm: Realm = {
    account,
    region,
    clusters: new Map(),
    families: new Map(),
    tasks: new Map(),
    deployments: new Map(),
    revisions: new Map(),
    tokens: new Map(),
  };
  engine.realms.set(key, realm);
  return realm;
}

/** Runs `event` after `delay` ms and keeps its cancellation with its owner. */
export function later(
  engine: Engine,
  owner: { cancellations: (() => void)[] },
  delay: number,
  event: () => void,
): void {
  owner.cancellations.push(engine.clock.at(engine.clock.now() + delay, event));
}

export function cancelAll(owner: { cancellations: (() => void)[] }): void {
  for (const cancel of owner.cancellations.splice(0)) cancel();
}
