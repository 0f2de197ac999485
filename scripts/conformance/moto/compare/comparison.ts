import { type ClientConfig, clientOf, type MotoServer } from '../server.ts';
import { errorOf, type Names, type Observation, resultOf } from './observe.ts';
import type { LabSide } from './sides.ts';

/** One service: the same calls on both sides, and what is there before. */
interface Spec<Known> {
  readonly service: string;
  /**
   * Makes what the calls are about: through the lab’s world, and through moto’s API, since the lab has no calls that nobody makes.
   * What it answers goes to `play`; every text in it stands for its key, whatever id a side has made up.
   */
  readonly lab: (side: LabSide) => Known | Promise<Known>;
  readonly moto: (client: ClientConfig, moto: MotoServer) => Promise<Known>;
  readonly play: (stage: ComparisonStage, known: Known) => Promise<void>;
}

export interface ComparisonStage {
  readonly client: ClientConfig;
  /** A call, which may fail. Answers what it answered, undefined after an error. */
  readonly call: <Output>(what: string, make: () => Promise<Output>) => Promise<Output | undefined>;
  /** Calls until it is `done`, a minute of lab time at most, and compares the last answer. */
  readonly until: <Output>(
    what: string,
    make: () => Promise<Output>,
    done: (output: Output) => boolean,
  ) => Promise<Output>;
  /** An id that this side has made up: it is called `name` in what is compared. */
  readonly name: (name: string, id: string | undefined) => void;
}

export interface Step {
  readonly what: string;
  readonly observation: Observation;
}

/** The steps that a service was taken through, on either side. */
export interface Comparison {
  readonly service: string;
  readonly onLab: (side: LabSide) => Promise<readonly Step[]>;
  readonly onMoto: (moto: MotoServer) => Promise<readonly Step[]>;
}

export function comparison<Known>({ service, lab, moto, play }: Spec<Known>): Comparison {
  const noTime = async () => {};
  return {
    service,
    onLab: async side => playOn(play, side.client, await lab(side), side.pass),
    // There everything is done as soon as it was asked for.
    async onMoto(server) {
      const client = clientOf(server.url);
      return playOn(play, client, await moto(client, server), noTime);
    },
  };
}

async function playOn<Known>(
  play: Spec<Known>['play'],
  client: ClientConfig,
  known: Known,
  pass: (milliseconds: number) => Promise<void>,
): Promise<readonly Step[]> {
  const names: Names = new Map();
  const seen: { readonly what: string; readonly observe: () => Observation }[] = [];
  const name = (what: string, id: unknown) => {
    if (typeof id === 'string' && id !== '') names.set(id, what);
  };
  for (const [what, id] of Object.entries(known ?? {})) name(what, id);
  await play(
    {
      client,
      name,
      async call(what, make) {
        // Nobody is throttled who makes a call a second.
        await pass(1000);
        try {
          const output = await make();
          seen.push({ what, observe: () => resultOf(output, names) });
          return output;
        } catch (error) {
          seen.push({ what, observe: () => errorOf(error) });
          return undefined;
        }
      },
      async until(what, make, done) {
        for (let second = 0; second < 60; second += 1) {
          await pass(1000);
          const output = await make();
          if (!done(output)) continue;
          seen.push({ what, observe: () => resultOf(output, names) });
          return output;
        }
        throw new Error(`${what}: not within a minute`);
      },
    },
    known,
  );
  // A name may have been given after the answer that has the id in it.
  return seen.map(({ what, observe }) => ({ what, observation: observe() }));
}
