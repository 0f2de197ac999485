import type { Asked, Reply } from '../ecs/traffic.ts';
import { answerOf, reply } from '../ecs/traffic.ts';
import { storedBytes, zipCode } from './code.ts';
import { active, type Engine, revised, successful } from './engine.ts';
import { initialise } from './invoke.ts';
import type { Settings, Version } from './state.ts';
import type { FunctionPlace } from './world.ts';

/** Functions that CloudFormation makes: it waits until an update is Successful, so all of it is there at once. */
export interface MadeFunctions {
  /** Makes the function, or brings `$LATEST` to this. Refuses in Lambda’s words. */
  bring(place: FunctionPlace, code: StoredCode, settings: Settings): void;
  remove(place: FunctionPlace): void;
  /** What `$LATEST` answers; undefined where there is no such function. */
  answer(place: FunctionPlace, path: string, asked: Asked): Reply | undefined;
  /** Of its application, in `$LATEST`. */
  version(place: FunctionPlace): string | undefined;
}

export interface StoredCode {
  readonly bucket: string;
  readonly key: string;
  readonly version?: string | undefined;
}

export function createMadeFunctions(engine: Engine): MadeFunctions {
  const find = ({ account, region, name }: FunctionPlace) => engine.realms.at(account, region).functions.get(name);
  return {
    bring(place, { bucket, key, version }, settings) {
      const realm = engine.realms.at(place.account, place.region);
      const code = zipCode(engine, realm, storedBytes(engine, realm, bucket, key, version));
      const there = find(place);
      if (there !== undefined) {
        there.latest = revised(engine, there.latest, { code, settings });
        there.changed = true;
        return;
      }
      const latest: Version = {
        ...{ number: '$LATEST', code, settings, state: active, lastUpdate: successful },
        ...{ revision: engine.newRevision(), modified: engine.clock.now() },
      };
      realm.functions.set(place.name, {
        ...{ realm, name: place.name, kind: 'Zip', latest, changed: true, failures: [], variablesReadable: true },
        ...{ versions: new Map(), aliases: new Map(), counts: new Map(), warm: new Set() },
      });
    },
    remove: ({ account, region, name }) => void engine.realms.at(account, region).functions.delete(name),
    answer(place, path, asked) {
      const fn = find(place);
      if (fn === undefined) return undefined;
      return initialise(engine, fn, fn.latest)
        ? answerOf(fn.latest.code.behaviour, fn.counts, path, asked)
        : reply({ status: 500, body: { message: 'Internal Server Error' } });
    },
    version: place => find(place)?.latest.code.behaviour.version,
  };
}
