/** One of two processes that want the environment: it does with the suite’s own journal what a job does, whenever it is told to. */
import { setTimeout } from 'node:timers/promises';
import { FindingError } from '#core/finding';
import type { Release, RunReference } from '#core/release';
import { giveBack, lockEnvironment } from '#github/journal/lock';
import { createWriter } from '#github/writer';

export interface Order {
  readonly token: string;
  readonly apiUrl: string;
  readonly run: RunReference;
  /** Milliseconds before it begins. */
  readonly after: number;
  readonly do: 'take' | 'give back';
}

/** The reason of a refusal; `done` where there was none. */
export interface Report {
  readonly came: string;
}

const environment = 'prod';
/** Whoever waits for a server that is down waits for less long here. */
const clock = { now: () => Date.now(), sleep: (milliseconds: number) => setTimeout(milliseconds / 100) };

process.on('message', (order: Order) => {
  obey(order).then(
    came => process.send?.({ came } satisfies Report),
    error => process.send?.({ came: reasonOf(error) } satisfies Report),
  );
});

async function obey({ token, apiUrl, run, after, do: what }: Order): Promise<string> {
  const writer = createWriter({ token, apiUrl, run, clock, random: Math.random });
  if (after > 0) await setTimeout(after);
  if (what === 'give back') {
    await giveBack(writer, environment, 'the race is over');
    return 'done';
  }
  const release: Release = { version: `1.0.${run.id}`, sha: `commit of run ${run.id}`, tree: '' };
  await lockEnvironment(writer, environment, `release of ${release.version}`, () => [
    { type: 'started', release, components: ['api'] },
  ]);
  return 'done';
}

function reasonOf(error: unknown): string {
  const [finding] = error instanceof FindingError ? error.findings : [];
  return finding?.reason ?? String(error);
}
