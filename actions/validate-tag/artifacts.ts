import type { Kit } from '#action-kit/kit';
import { type NeededArtifact, neededArtifact } from '#core/flow/artifacts';
import type { Flow } from '#core/flow/parse';
import { rule } from '#core/gate/rule';
import { type Artifacts, type Build, digestOf, type Release, sameArtifacts, sameContent } from '#core/release';
import type { RuleVerdict } from '#core/verdict';
import { artifactGone } from '#github/artifact-files';
import { artifactById, artifactOfRun } from '#github/artifacts';
import type { GitHub } from '#github/client';
import { readJournal } from '#github/journal/read';
import type { Inputs } from './inputs.ts';

export interface FoundArtifacts {
  readonly found: Readonly<Record<string, Artifacts>>;
  readonly rules: readonly RuleVerdict[];
}

const name = 'artifacts';

/** The most common cause cannot be seen from here: what GitHub masks never arrives. */
const handOver =
  'Let the build of this run hand over `images` and upload its artifacts, or release this commit to an earlier environment first. An output that holds a masked value arrives empty: hand over digests alone.';

/**
 * The artifacts of the release: those of this run’s build, or those that an environment recorded for this commit, or
 * for a commit of the same tree. Build once: what is recorded wins over nothing, and a different digest is refused.
 */
export async function findArtifacts(
  kit: Kit,
  github: GitHub,
  flow: Flow,
  {
    environment,
    release,
    goesOn,
  }: { readonly environment: string; readonly release: Release; readonly goesOn: boolean },
  inputs: Inputs,
): Promise<FoundArtifacts> {
  const needs = neededBy(flow);
  const asked = (component: string) => inputs.components.length === 0 || inputs.components.includes(component);
  const needed = Object.keys(needs).filter(asked);
  if (needed.length === 0) return { found: {}, rules: [] };
  // What a run has built in which a parked release goes on is of another commit.
  const images = goesOn ? {} : inputs.images;
  const vanished = Object.keys(images).filter(component => images[component]?.image === '');
  if (vanished.length > 0) {
    const message = `${vanished.join(', ')}: the digest that the build handed over has arrived empty.`;
    const next = 'GitHub drops outputs that hold a masked value: let the build hand over the digest alone.';
    return { found: {}, rules: [rule(name, 'fail', 'artifact-vanished', message, { vanished }, next)] };
  }
  const recorded = await recordedFor(github, flow, release);
  // All that was built is recorded, also where only some of it is released now: the rest may follow without another build.
  const handed = goesOn ? {} : { ...images, ...(await uploaded(github, kit.run.run.id, needs)) };
  // The environment that recorded them may build the same commit again: nothing later has seen the first build yet.
  const binding = recorded?.environment === environment ? undefined : recorded;
  const changed = needed.filter(component => differs(handed[component], binding?.artifacts[component]));
  if (changed.length > 0) {
    const message = `${changed.join(', ')}: the build handed over another artifact than ${recorded?.environment} recorded for this commit.`;
    const next = 'Release the artifact that was recorded; building the same commit again gives another one.';
    return { found: {}, rules: [rule(name, 'fail', 'artifacts-differ', message, {}, next)] };
  }
  const found = binding === undefined ? { ...recorded?.artifacts, ...handed } : { ...handed, ...binding.artifacts };
  const missing = needed.filter(component => digestOf(found[component]) === undefined);
  if (missing.length > 0) {
    const message = `${missing.join(', ')}: no artifact was handed over, and no environment has recorded one for ${release.sha.slice(0, 12)} or its tree.`;
    return { found: {}, rules: [rule(name, 'fail', 'artifact-unknown', message, { missing }, handOver)] };
  }
  const gone = await goneOf(github, needed, found);
  if (gone.length > 0) return { found: {}, rules: gone };
  const source = recorded === undefined ? 'handed over by the build' : `recorded by ${recorded.environment}`;
  const evidence = Object.fromEntries(needed.map(component => [component, digestOf(found[component]) ?? '']));
  return { found, rules: [rule(name, 'pass', 'artifacts-same', `${needed.join(', ')}: ${source}.`, evidence)] };
}

function neededBy(flow: Flow): Readonly<Record<string, NeededArtifact>> {
  return Object.fromEntries(
    Object.entries(flow.components).flatMap(([component, declaration]) => {
      const needed = neededArtifact(declaration);
      return needed === undefined ? [] : [[component, needed]];
    }),
  );
}

/** The files that an earlier job of this run has uploaded, by component. */
async function uploaded(
  github: GitHub,
  run: number,
  needs: Readonly<Record<string, NeededArtifact>>,
): Promise<Readonly<Record<string, Artifacts>>> {
  const entries = Object.entries(needs).map(async ([component, needed]) => {
    if (needed.kind !== 'files') return [];
    const artifact = await artifactOfRun(github, run, needed.name);
    if (artifact?.digest === undefined || artifact.expired) return [];
    const { id, digest } = artifact;
    return [[component, { artifact: needed.name, 'artifact-id': String(id), run: String(run), digest }] as const];
  });
  return Object.fromEntries((await Promise.all(entries)).flat());
}

/** What was built of this very commit, wherever that is recorded, rather than of another one with the same content. */
async function recordedFor(github: GitHub, flow: Flow, release: Release) {
  const alike: { readonly environment: string; readonly artifacts: Build }[] = [];
  for (const environment of Object.keys(flow.environments)) {
    const { state } = await readJournal(github, environment);
    const own = state.recorded.find(candidate => candidate.release.sha === release.sha);
    if (own !== undefined) return { environment, artifacts: own.artifacts };
    const same = state.recorded.find(candidate => sameContent(candidate.release, release));
    if (same !== undefined) alike.push({ environment, artifacts: same.artifacts });
  }
  return alike[0];
}

function differs(handed: Artifacts | undefined, recorded: Artifacts | undefined): boolean {
  return handed !== undefined && recorded !== undefined && !sameArtifacts(handed, recorded);
}

/** Nobody shall be asked to approve what cannot be fetched any more. */
async function goneOf(
  github: GitHub,
  needed: readonly string[],
  found: Readonly<Record<string, Artifacts>>,
): Promise<readonly RuleVerdict[]> {
  const rules = needed.map(async component => {
    const { 'artifact-id': id, artifact = component } = found[component] ?? {};
    if (id === undefined) return [];
    const known = await artifactById(github, Number(id));
    if (known !== undefined && !known.expired) return [];
    const { reason, message, evidence } = artifactGone({ id: Number(id), name: artifact });
    return [rule(name, 'fail', reason, message, evidence)];
  });
  return (await Promise.all(rules)).flat();
}
