import { dirname, resolve } from 'node:path';
import { formatProblem } from '#core/flow/problem';
import { type Lab, openLab } from '../lab.ts';
import { applicationsOf } from './applications.ts';
import { describeExpectation } from './describe.ts';
import { shortfalls } from './expect.ts';
import { leaks } from './leaks.ts';
import { createNarrator } from './narrate.ts';
import { holdTime, play } from './play.ts';
import { prepareAws } from './prepare-aws.ts';
import { prepareGitHub } from './prepare-github.ts';
import { readScenario } from './read.ts';
import type { Scenario } from './schema.ts';
import type { Stage } from './stage.ts';

export interface Held {
  readonly line: number;
  readonly what: string;
  readonly short: readonly string[];
  /** Lab time of the look. */
  readonly at: number;
}

export type Played =
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | {
      readonly kind: 'played';
      readonly scenario: Scenario;
      readonly expectations: readonly Held[];
      /** Anything that makes the proof worthless: what the lab does not model, its own defects. */
      readonly troubles: readonly string[];
      readonly labTime: number;
    };

export interface RunOptions {
  readonly narrate: (line: string) => void;
  /** The suite whose committed workflows and bundles are run. */
  readonly suite: string;
  /** Called before the lab is closed, for a report. */
  readonly finished?: (stage: Stage, played: Extract<Played, { kind: 'played' }>) => Promise<void>;
}

/** Plays a scenario file from beginning to end. */
export async function runScenario(file: string, options: RunOptions): Promise<Played> {
  const read = readScenario(file);
  if (!read.ok) {
    return { kind: 'invalid', problems: read.problems.map(formatProblem) };
  }
  const { scenario, lineOf } = read;
  const troubles: string[] = [];
  const start = Date.parse(scenario.start);
  const narrator = createNarrator(options.narrate);
  const applications = applicationsOf(scenario);
  const { promise: stuck, reject: giveUp } = Promise.withResolvers<never>();
  stuck.catch(() => undefined);
  const lab: Lab = await openLab({
    start,
    hosts: scenario.aws.services.flatMap(service => service.host ?? []),
    applications,
    onProgress: narrator.tell,
    onTrouble: text => {
      troubles.push(text);
      if (text.includes('stuck') || text.includes('Nothing')) giveUp(new Error(text));
    },
    ...(scenario.aws.ecs === undefined ? {} : { ecs: scenario.aws.ecs }),
    ...(scenario.aws['future-fields'] === undefined ? {} : { futureFields: scenario.aws['future-fields'] }),
  });
  try {
    holdTime({ lab });
    prepareAws(lab.aws, scenario, applications);
    const repository = prepareGitHub(lab.github.world, scenario, dirname(resolve(file)), options.suite);
    const stage: Stage = {
      lab,
      scenario,
      repository,
      narrate: narrator.say,
      callsFrom: 0,
      githubCallsFrom: 0,
      chapters: [],
      moments: [],
    };
    const expectations: Held[] = [];
    for (const [index, step] of scenario.steps.entries()) {
      stage.callsFrom = lab.aws.handler.calls.length;
      stage.githubCallsFrom = lab.github.world.calls.length;
      await Promise.race([play(stage, step), stuck]);
      for (const [nth, expectation] of (step.expect ?? []).entries()) {
        const short = await shortfalls(stage, expectation);
        const line = lineOf(['steps', index, 'expect', nth]);
        expectations.push({ line, what: describeExpectation(expectation), short, at: lab.clock.now() });
        for (const text of short) narrator.say(`✖ ${file}:${line}: ${text}`);
      }
    }
    troubles.push(...lab.aws.handler.unmodelled.map(call => `AWS: ${call} is not modelled`));
    troubles.push(...lab.github.world.unmodelled.map(call => `GitHub: ${call} is not modelled`));
    troubles.push(...lab.github.world.violations, ...lab.runner.faults, ...leaks(stage));
    const played = { kind: 'played' as const, scenario, expectations, troubles, labTime: lab.clock.now() - start };
    await options.finished?.(stage, played);
    return played;
  } finally {
    await lab.close();
  }
}
