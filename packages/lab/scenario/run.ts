import { dirname, resolve } from 'node:path';
import { formatProblem } from '#core/flow/problem';
import { sourcesOf } from '../assembly/sources.ts';
import { openLab } from '../lab.ts';
import { applicationsOf } from './applications.ts';
import { preparePipelines } from './aws/codepipeline/prepare.ts';
import { prepareWebsites } from './aws/ec2/website.ts';
import { hostsOf } from './aws/places.ts';
import { prepareElsewhere } from './elsewhere.ts';
import { holdTime } from './held-time.ts';
import { leaks } from './leaks.ts';
import { createNarrator } from './narrate.ts';
import { toolsOf, writeOutside } from './outside.ts';
import { StoryEnds } from './play.ts';
import { prepareAws } from './prepare-aws.ts';
import { prepareGitHub } from './prepare-github.ts';
import { readScenario } from './read.ts';
import { wrongResults } from './results.ts';
import type { Scenario } from './schema.ts';
import { attemptKey, type Stage } from './stage.ts';
import { type Held, idleFaults, tellStory } from './story.ts';
import { wordsOf } from './words-of.ts';

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
  /** Wall time after which it is given up, in ms. */
  readonly patience?: number;
  /** Called before the lab is closed, for a report. */
  readonly finished?: (stage: Stage, played: Extract<Played, { kind: 'played' }>) => Promise<void>;
}

/** Wall time after which a scenario is given up: its world goes on, but never comes to rest. */
const patience = 120_000;

/** Plays a scenario file from beginning to end. */
export async function runScenario(file: string, options: RunOptions): Promise<Played> {
  const read = readScenario(file);
  if (!read.ok) {
    return { kind: 'invalid', problems: read.problems.map(formatProblem) };
  }
  const { scenario, lineOf } = read;
  const troubles: string[] = [];
  const touched = new Set<string>();
  const start = Date.parse(scenario.start);
  const narrator = createNarrator(options.narrate);
  const applications = applicationsOf(scenario);
  const end = Promise.withResolvers<never>();
  end.promise.catch(() => undefined);
  const giveUp = (why: string) => end.reject(new StoryEnds(why));
  const lab = await openLab({
    start,
    hosts: hostsOf(scenario.aws),
    applications,
    tools: toolsOf(scenario, dirname(resolve(file))),
    onProgress: event => {
      touched.add(attemptKey(event.run));
      narrator.tell(event);
    },
    onDefect: text => void troubles.push(text),
    onStuck: situation => giveUp(`the world is stuck: ${situation}`),
    onSlow: situation => narrator.say(`… ${situation}`),
    instances: scenario.aws.instances !== undefined,
    databases: scenario.aws.databases !== undefined,
    iam: (scenario.steps ?? []).some(step => step['command-line']?.account !== undefined),
    ...(scenario.aws.ecs === undefined ? {} : { ecs: scenario.aws.ecs }),
    ...(scenario.aws.lambda === undefined ? {} : { lambda: scenario.aws.lambda }),
    ...(scenario.aws['future-fields'] === undefined ? {} : { futureFields: scenario.aws['future-fields'] }),
  });
  const wait = options.patience ?? scenario.patience ?? patience;
  const watchdog = setTimeout(() => giveUp(`given up after ${wait / 1000} s: the world does not come to rest`), wait);
  try {
    const time = holdTime(lab.clock);
    prepareAws(lab.aws, scenario, applications);
    writeOutside(lab.outside, scenario.outside ?? {});
    const told = prepareElsewhere(lab.github.world, scenario);
    const repository = prepareGitHub(lab.github.world, told, dirname(resolve(file)), options.suite);
    preparePipelines(lab.aws, scenario);
    prepareWebsites(lab.aws, sourcesOf(lab.github.world), scenario, applications);
    const stage: Stage = {
      lab,
      scenario: told,
      repository,
      suite: options.suite,
      narrate: narrator.say,
      time,
      callsFrom: 0,
      githubCallsFrom: 0,
      refsBefore: new Map(),
      pullRequests: new Map(),
      touched,
      faults: [],
      said: [],
      troubles,
      chapters: [],
      moments: [],
    };
    const place = (path: readonly (string | number)[]) => ({ file, line: lineOf(path) });
    const expectations: Held[] = [];
    try {
      await Promise.race([tellStory(stage, place, expectations), end.promise]);
      // A story that broke off says nothing of what would have come.
      troubles.push(...idleFaults(stage));
    } catch (error) {
      troubles.push(error instanceof StoryEnds ? error.message : wordsOf(error));
    }
    troubles.push(...lab.aws.handler.unmodelled.map(call => `AWS: ${call} is not modelled`));
    troubles.push(...lab.github.world.unmodelled.map(call => `GitHub: ${call} is not modelled`));
    troubles.push(...lab.github.world.violations, ...lab.runner.faults, ...leaks(stage));
    troubles.push(...wrongResults(stage, options.suite));
    const played = { kind: 'played' as const, scenario, expectations, troubles, labTime: lab.clock.now() - start };
    await options.finished?.(stage, played);
    return played;
  } catch (error) {
    // Its world could not be made, or its report not be written.
    return { kind: 'played', scenario, expectations: [], troubles: [...troubles, wordsOf(error)], labTime: 0 };
  } finally {
    clearTimeout(watchdog);
    await lab.close();
  }
}
