import type { Layer } from '@aws-sdk/client-lambda';
import type { AppBehaviour } from '../ecs/behaviour.ts';

export interface Realm {
  readonly account: string;
  readonly region: string;
  readonly functions: Map<string, LambdaFunction>;
  /** Layer versions that exist, by ARN. */
  readonly layers: Set<string>;
}

/** What a function runs. `sha256` is CodeSha256 as Lambda shows it. */
export interface Code {
  readonly sha256: string;
  readonly size: number;
  readonly behaviour: AppBehaviour;
  /** Of container images only: as it was given, and with the digest that it meant then. */
  readonly image?: { readonly uri: string; readonly resolved: string };
}

export interface Settings {
  readonly description: string;
  readonly role: string;
  readonly memory: number;
  /** Seconds. */
  readonly timeout: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly layers: readonly Required<Pick<Layer, 'Arn'>>[];
  /** Absent with container images. */
  readonly runtime?: string;
  readonly handler?: string;
}

export interface Status {
  readonly value: string;
  readonly code?: string;
  readonly reason?: string;
}

/** `$LATEST`, or a published version. */
export interface Version {
  readonly number: string;
  readonly code: Code;
  readonly settings: Settings;
  readonly revision: string;
  /** Lab time, epoch ms. */
  readonly modified: number;
  readonly state: Status;
  readonly lastUpdate: Status;
}

/** Where an alias sends its requests: the version, and shares of others from 0 to 1. */
export interface Routing {
  readonly version: string;
  readonly weights: Readonly<Record<string, number>>;
}

export interface Alias {
  readonly name: string;
  description: string;
  routing: Routing;
  revision: string;
  provisioned: Provisioned | undefined;
  /** Every routing so far with the time since when it held, the newest last. */
  readonly history: { readonly since: number; readonly routing: Routing }[];
  /** How many requests each version has had since the routing last changed. */
  readonly turns: Map<string, number>;
}

export interface Provisioned {
  readonly requested: number;
  readonly available: number;
  readonly status: 'IN_PROGRESS' | 'READY' | 'FAILED';
  readonly reason?: string;
  readonly modified: number;
}

export interface LambdaFunction {
  readonly realm: Realm;
  readonly name: string;
  readonly kind: 'Zip' | 'Image';
  latest: Version;
  readonly versions: Map<string, Version>;
  readonly aliases: Map<string, Alias>;
  /** Whether `$LATEST` was updated, be it with the same again, since the newest version was published. */
  changed: boolean;
  /** How the next updates of `$LATEST` end. */
  readonly failures: { readonly code: string; readonly reason: string }[];
  /** Whether callers may decrypt its variables. */
  variablesReadable: boolean;
  /** Answers so far, by version and path: error rates are counted on them. */
  readonly counts: Map<string, number>;
  /** Versions that have come up: their environments are there already. */
  readonly warm: Set<string>;
}

export const arnOf = ({ realm, name }: LambdaFunction, qualifier?: string): string =>
  functionArn(realm, name, qualifier);

export function functionArn({ account, region }: Pick<Realm, 'account' | 'region'>, name: string, qualifier?: string) {
  return `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`;
}
