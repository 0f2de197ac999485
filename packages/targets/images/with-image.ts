import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import { isSuccess } from '#core/outcome';
import type {
  Applied,
  ChangeRow,
  Driver,
  Ending,
  Preparation,
  Progress,
  Rollout,
  Step,
  TargetRuntime,
} from '#core/target';
import { copyImage, type ImagePlace, imageMissing } from './copy.ts';

/** What has to be true of an image besides that it runs. */
export interface ImageWork {
  readonly digest: string;
  /** Where the target pulls it from. */
  readonly place: ImagePlace;
  /** Where the build has pushed it, when that is another repository. */
  readonly copyFrom?: ImagePlace;
  /** Put on the image once it runs, as `latest` is. */
  readonly moveTag?: string;
}

type Setting = Pick<TargetRuntime, 'clock' | 'report'>;

/** The driver, with its image brought to where it pulls from before the change, and tagged after it. The way back needs neither. */
export function withImage(driver: Driver, work: ImageWork, setting: Setting): Driver {
  return {
    async prepare() {
      const there = await work.place.ecr.image(work.place.repository, work.digest);
      const source = there ?? (await work.copyFrom?.ecr.image(work.copyFrom.repository, work.digest));
      if (source === undefined) return { kind: 'refused', findings: [missing(work)] };
      const prepared = await driver.prepare();
      if (prepared.kind === 'refused') return prepared;
      const steps = { copy: there === undefined, tag: await tagHasToMove(work) };
      return prepared.kind === 'no-op' ? tagOnly(prepared, work, steps.tag) : around(prepared, work, steps, setting);
    },
    restore: (snapshot, cause) => driver.restore(snapshot, cause),
  };
}

function missing({ digest, place, copyFrom }: ImageWork) {
  return imageMissing(digest, [place.text, ...(copyFrom === undefined ? [] : [copyFrom.text])]);
}

async function tagHasToMove({ digest, place, moveTag }: ImageWork): Promise<boolean> {
  if (moveTag === undefined) return false;
  return (await place.ecr.image(place.repository, moveTag))?.digest !== digest;
}

/** The run that made the change ended before its tag was moved: this one goes on from there. */
function tagOnly(prepared: Extract<Preparation, { kind: 'no-op' }>, work: ImageWork, tag: boolean): Preparation {
  if (!tag) return prepared;
  const { snapshot } = prepared;
  const message = `${work.moveTag} is on what runs now.`;
  const ending: Ending = {
    outcome: 'succeeded',
    reason: 'deployed',
    message,
    evidence: {},
    after: snapshot,
    explanation: [],
  };
  return {
    kind: 'change',
    before: snapshot,
    changes: [tagRow(work)],
    notes: [],
    async apply() {
      await moveTag(work);
      return { kind: 'ended', ending };
    },
  };
}

type Change = Extract<Preparation, { kind: 'change' }>;

function around(
  prepared: Change,
  work: ImageWork,
  steps: { readonly copy: boolean; readonly tag: boolean },
  { clock, report }: Setting,
): Preparation {
  const withRows = (changes: readonly ChangeRow[]) => [
    ...(steps.copy ? [copyRow(work)] : []),
    ...changes,
    ...(steps.tag ? [tagRow(work)] : []),
  ];
  const finish = async (ending: Ending): Promise<Ending> => {
    if (steps.tag && isSuccess(ending.outcome)) await tryToMoveTag(work, report);
    return ending;
  };
  return {
    ...prepared,
    changes: withRows(prepared.changes),
    async apply(): Promise<Applied> {
      const taken: Step[] = [];
      if (steps.copy && work.copyFrom !== undefined) {
        const began = clock.now();
        await copyImage(work.copyFrom, work.place, work.digest);
        taken.push({ what: 'copy of the image', began, took: clock.now() - began });
        report({ subject: work.place.text, text: `copied ${work.digest}`, level: 'info' });
      }
      const applied = await prepared.apply();
      if (applied.kind === 'ended') {
        const ending = await finish(applied.ending);
        return { kind: 'ended', ending: { ...ending, steps: [...taken, ...(ending.steps ?? [])] } };
      }
      const { changes, rollout, steps: others = [] } = applied;
      return {
        kind: 'started',
        changes: withRows(changes),
        rollout: finishing(rollout, finish),
        steps: [...taken, ...others],
      };
    },
  };
}

function finishing(rollout: Rollout, finish: (ending: Ending) => Promise<Ending>): Rollout {
  return { ...rollout, follow: async () => finish(await rollout.follow()) };
}

/** The new version runs and is good: a tag that stays behind is told, and brings nothing back. */
async function tryToMoveTag(work: ImageWork, report: (progress: Progress) => void): Promise<void> {
  try {
    await moveTag(work);
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const text = `${work.moveTag} could not be moved: ${findingOf(error).message}`;
    report({ subject: work.place.text, text, level: 'warning' });
  }
}

async function moveTag({ place, digest, moveTag: tag }: ImageWork): Promise<void> {
  const manifest = await place.ecr.image(place.repository, digest);
  if (manifest !== undefined) await place.ecr.putImage(place.repository, manifest, tag);
}

function copyRow({ place, copyFrom, digest }: ImageWork): ChangeRow {
  return { what: `image ${shortened(digest)}`, before: copyFrom?.text ?? '', after: `copied to ${place.text}` };
}

function tagRow({ place, digest, moveTag: tag }: ImageWork): ChangeRow {
  return { what: `tag ${tag} of ${place.text}`, before: 'another image', after: shortened(digest) };
}

function shortened(digest: string): string {
  return digest.slice(0, 19);
}
