import type { ActionEnd, Bench } from './run-action.ts';
import type { ClientConfig } from './server.ts';

/** What a driver does in front of an AWS that others wrote, and what is then there. */
export interface Story {
  readonly target: string;
  readonly play: (stage: Stage) => Promise<void>;
}

export interface Stage {
  readonly bench: Bench;
  readonly client: ClientConfig;
  /** Makes a role; answers its ARN. */
  readonly role: (name: string) => Promise<string>;
  readonly expect: Expect;
}

/** Compares a value, or the outputs of an action. */
export interface Expect {
  (what: string, found: ActionEnd, wanted: { readonly outcome: string; readonly reason: string }): void;
  (what: string, found: unknown, wanted: string | number | boolean | undefined): void;
}

/** Plays it; answers what does not hold. */
export async function shortfallsOf(story: Story, stage: Omit<Stage, 'expect'>): Promise<readonly string[]> {
  const short: string[] = [];
  const differs = (what: string, found: unknown, wanted: unknown, log = '') => {
    if (found === wanted) return;
    short.push(
      `${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}${log === '' ? '' : `\n${log}`}`,
    );
  };
  const expect = (what: string, found: unknown, wanted: unknown) => {
    if (!isEnd(found)) return differs(what, found, wanted);
    const { outcome, reason } = wanted as { readonly outcome: string; readonly reason: string };
    const said = `${found.outputs.outcome} (${found.outputs.reason})`;
    differs(what, said, `${outcome} (${reason})`, found.log);
  };
  try {
    await story.play({ ...stage, expect });
  } catch (error) {
    short.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return short;
}

function isEnd(value: unknown): value is ActionEnd {
  return typeof value === 'object' && value !== null && 'outputs' in value && 'log' in value;
}
