import { usualFlow } from '#action-kit/common-inputs';
import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import { rule } from '#core/gate/rule';
import { type Choice, chooseParked } from '#core/plan/choose-parked';
import type { Glass } from '#core/plan/glass';
import { unknownName } from '#core/plan/make-plan';
import type { GoesOn } from '#core/plan/plan';
import { nameOf } from '#core/release';
import { few } from '#core/report/few';
import type { GitHub } from '#github/client';
import { needPolicy } from '#github/flow-files';
import { readJournal } from '#github/journal/read';
import type { Inputs } from './inputs.ts';
import { originatorsOf } from './originators.ts';
import { type Planned, planAsked } from './plan-release.ts';

interface Word {
  readonly by: GoesOn['by'];
  readonly version?: string;
  readonly why: string;
  readonly glass?: Glass;
}

/** The plan of a parked release: the same commit and components as were asked for, judged as of now. */
export async function planParked(kit: Kit, github: GitHub, inputs: Inputs, word: Word): Promise<Planned> {
  const { flow: file = usualFlow } = inputs;
  const scheduled = kit.run.eventName === 'schedule';
  const waiting = await readWaiting(github, await needPolicy(github, file), inputs.environment);
  const choices = chooseParked(waiting, { ...word, now: kit.clock.now(), scheduled });
  const [choice, ...others] = choices;
  if (choice === undefined) return { rules: [nothing(waiting.flatMap(choicesOf), word, scheduled)] };
  if (word.by !== 'go' && others.length > 0) throw ambiguous(word, choices);
  for (const other of others) kit.log.info(`${textOf(other)} waits, too; one run carries one release.`);
  const { environment, parked } = choice;
  const { ref, components, originators } = parked.request;
  // Whoever lets it go on has started it; the clock has not, and an approval must not be in its own way.
  const started = word.by === 'go' && !scheduled ? originatorsOf(kit.run, inputs.originator) : [];
  const planned = await planAsked(kit, github, inputs, {
    ref,
    sha: parked.release.sha,
    components,
    originators: [...originators, ...started],
    environment,
    goesOn: { by: word.by, since: parked.since },
    glass: word.glass ?? parked.request.glass,
    ...(word.why === '' ? {} : { why: word.why }),
  });
  // No is an answer also to what could not go on.
  return word.by === 'reject' && planned.plan !== undefined
    ? { ...planned, rules: planned.rules.slice(0, 1) }
    : planned;
}

async function readWaiting(github: GitHub, flow: Flow, asked: string | undefined) {
  if (asked !== undefined && !Object.hasOwn(flow.environments, asked)) {
    throw new FindingError([unknownName('environment', asked, flow.environments)]);
  }
  const environments = Object.values(flow.environments).filter(({ name }) => asked === undefined || name === asked);
  return Promise.all(
    environments.map(async ({ name, queue }) => {
      const { parked } = (await readJournal(github, name)).state;
      return { environment: name, queue, parked };
    }),
  );
}

function choicesOf({ environment, parked }: Awaited<ReturnType<typeof readWaiting>>[number]): readonly Choice[] {
  return parked.map(each => ({ environment, parked: each }));
}

/** By the clock that is an ordinary hour; a person meant something. */
function nothing(all: readonly Choice[], { version }: Word, scheduled: boolean) {
  const waits = all.length === 0 ? 'nothing waits' : `${few(all.map(textOf))} waits`;
  if (scheduled) return rule('parked', 'pass', 'nothing-to-go-on', `Nothing can go on now; ${waits}.`);
  const message =
    version === undefined
      ? `No release is parked that could be meant; ${waits}.`
      : `${version} is not parked; ${waits}.`;
  return rule('parked', 'fail', 'nothing-parked', message);
}

function ambiguous({ by }: Word, choices: readonly Choice[]): FindingError {
  const message = `Several releases wait: ${few(choices.map(textOf))}. It has to be clear which of them is meant.`;
  const next = `Name the environment and the version with \`${by}\`.`;
  const where = { kind: 'input', input: 'version' } as const;
  return new FindingError([{ reason: 'input-invalid', message, evidence: {}, where, next }]);
}

function textOf({ environment, parked: { release, reason } }: Choice): string {
  return `${nameOf(release)} for ${environment} (${reason})`;
}
