import { gitHubAccess } from '#action-kit/github-access';
import type { ActionEnd, Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import { publishedAs } from '#core/journal/published';
import type { EnvironmentState, Standing } from '#core/journal/state';
import type { Result } from '#core/outcome';
import type { Plan } from '#core/plan/plan';
import { isSame } from '#core/release';
import type { Writer } from '#github/journal/append';
import { readJournal } from '#github/journal/read';
import { createWriter } from '#github/writer';
import { endOf, resultOf } from './end.ts';
import { type Covered, type FoundTag, tagFor, tagThere } from './find-tag.ts';
import type { Inputs } from './inputs.ts';
import { record } from './record.ts';
import { releaseFor } from './release-for.ts';
import { type Work, workOf } from './work.ts';

/** Makes a verified release public: the next version is tagged on its commit, and published with its notes. */
export async function publishRelease(kit: Kit, inputs: Inputs): Promise<ActionEnd> {
  const work = workOf(inputs, kit.run);
  if ('outcome' in work) return endOf(kit, work);
  const writer = createWriter(gitHubAccess(kit, inputs.githubToken));
  if (work.plan === undefined) return publish(kit, writer, work, { dryRun: inputs.dryRun });
  const { state } = await readJournal(writer.github, work.plan.environment.name);
  const verified = state.known.find(standing => isSame(standing.release, work.plan?.release));
  if (verified === undefined) return endOf(kit, notVerified(work.plan));
  try {
    return await publish(kit, writer, work, { dryRun: inputs.dryRun, state, verified });
  } catch (error) {
    throw stillRuns(work.plan, error);
  }
}

interface Circumstances {
  readonly dryRun: boolean;
  /** The journal, and what it has of the release, where there is a plan. */
  readonly state?: EnvironmentState;
  readonly verified?: Standing;
}

async function publish(kit: Kit, writer: Writer, work: Work, { dryRun, state, verified }: Circumstances) {
  const { github } = writer;
  const known = state === undefined || verified === undefined ? undefined : publishedAs(state, verified.release)?.tag;
  const found = await findTag(kit, writer, work, { dryRun, known });
  if (found.how === 'covered') return endOf(kit, covered(work.sha, found));
  if (dryRun) return endOf(kit, wouldBe(found), { tag: found.tag });
  const { made, release } = await releaseFor(kit, github, found, { ...work, verified });
  if (work.plan !== undefined) await record(writer, work.plan, found.tag, release);
  return endOf(kit, resultOf(found, { made, release }, work.sha), { tag: found.tag, release });
}

function findTag(
  kit: Kit,
  { github, run }: Writer,
  { sha, tag, plan }: Work,
  { dryRun, known }: { readonly dryRun: boolean; readonly known: string | undefined },
): Promise<FoundTag | Covered> {
  if (tag.kind === 'there') return tagThere(github, tag.name, sha);
  const place = plan === undefined ? '' : `, verified in ${plan.environment.name}`;
  const message = (name: string) => `${name}${place}\n\n${run.url}\n`;
  return tagFor(kit, github, { sha, make: tag.make, known, message, dryRun });
}

/** What failed, or was brought back since, is nothing that people should find as a version. */
function notVerified({ environment: { name }, release: { version, sha } }: Plan): Result {
  const message = `${version} is not verified in ${name}, or was rolled back there: it gets no version.`;
  return { outcome: 'refused', reason: 'release-not-verified', message, evidence: { version, sha } };
}

/** The commit is part of a version that people have already: a second one would say that something is new. */
function covered(sha: string, { by }: Covered): Result {
  const message = `${sha.slice(0, 12)} is part of ${by.tag} already: it gets no version of its own.`;
  return { outcome: 'no-op', reason: 'commit-covered', message, evidence: { sha, tag: by.tag } };
}

function wouldBe({ tag, how, because }: FoundTag): Result {
  const why = because === undefined ? '' : `, because ${because}`;
  const message =
    how === 'there' ? `${tag.tag} is there; its release would be published.` : `It would become ${tag.tag}${why}.`;
  return { outcome: 'no-op', reason: 'dry-run', message, evidence: { tag: tag.tag } };
}

/** Who reads that something failed after a deployment wants to know first what became of that. */
function stillRuns({ environment: { name }, release: { version } }: Plan, error: unknown): unknown {
  if (!(error instanceof FindingError)) return error;
  const calm = `${name} runs ${version}, verified, all the same; only its publication is missing.`;
  const findings = error.findings.map(finding => ({ ...finding, message: `${finding.message} ${calm}` }));
  return new FindingError(findings, { cause: error });
}
