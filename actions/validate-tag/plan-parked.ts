import { usualFlow } from '#action-kit/common-inputs';
import type { Kit } from '#action-kit/kit';
import type { RunContext } from '#action-kit/run-context';
import { FindingError } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import { rollbackName, waitingRollback } from '#core/gate/asked-rollback';
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
import { notAskedElsewhere } from './asked-elsewhere.ts';
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
  const unasked = word.by === 'go' && !isDispatch(kit.run);
  const flow = await needPolicy(github, file);
  const waiting = await readWaiting(github, flow, inputs.environment);
  const meant = chooseParked(waiting, { ...word, now: kit.clock.now(), unasked });
  const askedIn = (name: string) => waiting.find(({ environment }) => environment === name)?.asked ?? [];
  const withAsked = meant.map(each => ({ ...each, asked: askedIn(each.environment) }));
  const choices = unasked ? await notAskedElsewhere(kit, github, flow, withAsked) : meant;
  const [choice, ...others] = choices;
  if (choice === undefined) return { rules: [nothing(waiting, word, unasked)] };
  if (word.by !== 'go' && others.length > 0) throw ambiguous(word, choices);
  for (const other of others) kit.log.info(`${textOf(other)} waits, too; one run carries one release.`);
  const { environment, parked } = choice;
  const { ref, components, originators } = parked.request;
  // Whoever lets it go on has started it; nobody has where a clock or a later release takes it up, and an approval must not be in its own way.
  const started = word.by === 'go' && !unasked ? originatorsOf(kit.run, inputs.originator) : [];
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
      const { parked, rollbacks, asked } = (await readJournal(github, name)).state;
      return { environment: name, queue, parked, asked, back: waitingRollback({ rollbacks }) };
    }),
  );
}

/** A run that somebody dispatched, or that is one again, is that person’s word; any other takes up what is due, as the clock does. */
function isDispatch({ eventName }: Pick<RunContext, 'eventName'>): boolean {
  return eventName === 'workflow_dispatch' || eventName === 'repository_dispatch';
}

/** Where nobody asked that is ordinary; a person meant something. */
function nothing(waiting: Awaited<ReturnType<typeof readWaiting>>, { version }: Word, unasked: boolean) {
  const all = waiting.flatMap(({ environment, parked }) => parked.map(each => textOf({ environment, parked: each })));
  const backs = waiting.flatMap(({ environment, back }) =>
    back === undefined ? [] : [`${rollbackName(back)} in ${environment}`],
  );
  const waits = all.length + backs.length === 0 ? 'nothing waits' : `${few([...all, ...backs])} waits`;
  if (unasked) return rule('parked', 'pass', 'nothing-to-go-on', `Nothing can go on now; ${waits}.`);
  const message =
    version === undefined
      ? `No release is parked that could be meant; ${waits}.`
      : `${version} is not parked; ${waits}.`;
  const next =
    backs.length === 0
      ? undefined
      : 'A rollback is approved or rejected by the workflow that it was asked for with, rollback.yml.';
  return rule('parked', 'fail', 'nothing-parked', message, {}, next);
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
