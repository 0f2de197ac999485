import type { Asked, Reply } from '../ecs/traffic.ts';
import { newAlias, route } from './aliases.ts';
import { imageCode, zipCode } from './code.ts';
import { active, type Engine, successful } from './engine.ts';
import { serve } from './invoke.ts';
import { theAlias } from './lookups.ts';
import type { LambdaSettings } from './settings.ts';
import type { Alias, Code, LambdaFunction, Routing, Settings, Version } from './state.ts';
import { beginUpdate } from './update.ts';
import { publish } from './versions.ts';

export interface FunctionPlace {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** An archive, or the reference of an image. */
export type CodeSource = { readonly zip: Uint8Array } | { readonly image: string };

export interface NewFunction {
  readonly code: CodeSource;
  readonly settings: Partial<Settings>;
  /** Points to version 1; none without it, and no version either. */
  readonly alias?: string;
  /** Provisioned concurrency of the alias, READY. */
  readonly provisioned?: number;
  /** `Active` unless said. */
  readonly state?: 'Active' | 'Inactive' | 'Pending' | 'Failed';
  readonly variablesReadable?: boolean;
}

/** What a scenario can do to the world besides calling Lambda. */
export interface LambdaWorld {
  readonly settings: LambdaSettings;
  /** A function that has been there for an hour. */
  createFunction(place: FunctionPlace, spec: NewFunction): LambdaFunction;
  addLayer(account: string, region: string, arn: string): void;
  /** The live record, for expectations. */
  function(place: FunctionPlace): LambdaFunction;
  alias(place: FunctionPlace, name: string): Alias;
  /** Somebody else moves an alias. */
  moveAlias(place: FunctionPlace, name: string, routing: Routing): void;
  /** Somebody else changes `$LATEST`; with `publish`, a version of it once that is through. */
  change(place: FunctionPlace, change: { readonly code?: CodeSource; readonly settings?: Partial<Settings> }): void;
  /** Publishes `$LATEST` as somebody else would. Answers the number. */
  publish(place: FunctionPlace): string;
  /** Somebody deletes a version. */
  deleteVersion(place: FunctionPlace, number: string): void;
  /** The next update of `$LATEST` ends as Failed. */
  failNextUpdate(place: FunctionPlace, failure: { readonly code: string; readonly reason: string }): void;
  /** Requests to `host` reach the alias. */
  expose(host: string, place: FunctionPlace, alias: string): void;
  /** The alias behind a host. */
  exposed(host: string): { readonly place: FunctionPlace; readonly alias: string } | undefined;
  /** What a request to an alias is answered, whoever passes it on. */
  answer(place: FunctionPlace, alias: string, path: string, asked?: Asked): Reply;
  /** Undefined: nothing of Lambda answers there. */
  respond(host: string, path: string, asked?: Asked): Reply | undefined;
}

const hour = 3_600_000;

export function createLambdaWorld(engine: Engine): LambdaWorld {
  const hosts = new Map<string, { readonly place: FunctionPlace; readonly alias: string }>();

  const find = ({ account, region, name }: FunctionPlace): LambdaFunction => {
    const found = engine.realms.at(account, region).functions.get(name);
    if (found === undefined) throw new Error(`There is no function ${name} in ${account} ${region}`);
    return found;
  };
  const codeOf = (fn: Pick<LambdaFunction, 'realm'>, source: CodeSource): Code =>
    'zip' in source ? zipCode(engine, fn.realm, source.zip) : imageCode(engine, fn.realm, source.image);

  return {
    settings: engine.settings,
    createFunction(place, { code, settings, alias, provisioned, state = 'Active', variablesReadable = true }) {
      const realm = engine.realms.at(place.account, place.region);
      if (realm.functions.has(place.name)) throw new Error(`There is a function ${place.name} already`);
      const since = engine.clock.now() - hour;
      const latest: Version = {
        number: '$LATEST',
        code: codeOf({ realm }, code),
        settings: { ...defaults(place), ...('zip' in code ? zipDefaults : {}), ...settings },
        revision: engine.newRevision(),
        modified: since,
        state: state === 'Active' ? active : states[state],
        lastUpdate: successful,
      };
      const fn: LambdaFunction = {
        realm,
        name: place.name,
        kind: 'zip' in code ? 'Zip' : 'Image',
        latest,
        versions: new Map(),
        aliases: new Map(),
        changed: true,
        failures: [],
        variablesReadable,
        counts: new Map(),
        warm: new Set(),
      };
      realm.functions.set(place.name, fn);
      if (alias === undefined) return fn;
      fn.versions.set('1', { ...latest, number: '1', state: active, revision: engine.newRevision() });
      fn.changed = false;
      const made = newAlias(engine, fn, alias, { version: '1', weights: {} });
      made.history[0] = { since, routing: made.routing };
      if (provisioned !== undefined) {
        made.provisioned = { requested: provisioned, available: provisioned, status: 'READY', modified: since };
      }
      return fn;
    },
    addLayer: (account, region, arn) => void engine.realms.at(account, region).layers.add(arn),
    function: find,
    alias: (place, name) => theAlias(find(place), name),
    moveAlias(place, name, routing) {
      const fn = find(place);
      if (!fn.versions.has(routing.version)) throw new Error(`${place.name} has no version ${routing.version}`);
      route(engine, fn, theAlias(fn, name), routing);
    },
    change(place, { code, settings }) {
      const fn = find(place);
      beginUpdate(
        engine,
        fn,
        {
          ...(code === undefined ? {} : { code: codeOf(fn, code) }),
          ...(settings === undefined ? {} : { settings: { ...fn.latest.settings, ...settings } }),
        },
        engine.settings.configurationUpdate,
      );
    },
    publish: place => publish(engine, find(place)).number,
    deleteVersion(place, number) {
      const fn = find(place);
      if ([...fn.aliases.values()].some(({ routing }) => routing.version === number)) {
        throw new Error(`an alias points to version ${number}: Lambda would not delete it`);
      }
      if (!fn.versions.delete(number)) throw new Error(`${place.name} has no version ${number}`);
    },
    failNextUpdate: (place, failure) => void find(place).failures.push(failure),
    expose: (host, place, alias) => void hosts.set(host, { place, alias }),
    exposed: host => hosts.get(host),
    answer: (place, alias, path, asked) => serve(engine, find(place), alias, path, asked),
    respond(host, path, asked) {
      const found = hosts.get(host);
      return found === undefined ? undefined : serve(engine, find(found.place), found.alias, path, asked);
    },
  };
}

const states = {
  Inactive: { value: 'Inactive', code: 'Idle', reason: 'The function is idle.' },
  Pending: { value: 'Pending', code: 'Creating', reason: 'The function is being created.' },
  Failed: { value: 'Failed', code: 'InvalidSubnet', reason: 'The subnet of the function was deleted.' },
} as const;

const zipDefaults = { runtime: 'nodejs24.x', handler: 'index.handler' } as const;

function defaults({ account, name }: FunctionPlace): Settings {
  const role = `arn:aws:iam::${account}:role/${name}`;
  return { description: '', role, memory: 256, timeout: 10, variables: {}, layers: [] };
}
