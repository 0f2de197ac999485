import type { Flow } from '#core/flow/parse';
import { rule } from '#core/gate/rules';
import { type Artifacts, type Release, sameContent } from '#core/release';
import type { RuleVerdict } from '#core/verdict';
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
  'Let the build hand over `images`, or release this commit to an earlier environment first. An output that holds a masked value arrives empty: hand over digests alone.';

/**
 * The artifacts of the release: those that the build handed over, or those that an environment recorded for this commit, or
 * for a commit of the same tree. Build once: what is recorded wins over nothing, and a different digest is refused.
 */
export async function findArtifacts(
  github: GitHub,
  flow: Flow,
  { environment, release }: { readonly environment: string; readonly release: Release },
  inputs: Inputs,
): Promise<FoundArtifacts> {
  const needed = componentsWithArtifacts(flow, inputs.components);
  if (needed.length === 0) return { found: {}, rules: [] };
  const recorded = await recordedFor(github, flow, release);
  const handed = inputs.images;
  // The environment that recorded them may build the same commit again: nothing later has seen the first build yet.
  const binding = recorded?.environment === environment ? undefined : recorded;
  const changed = needed.filter(component => differs(handed[component], binding?.artifacts[component]));
  if (changed.length > 0) {
    const message = `${changed.join(', ')}: the build handed over another artifact than ${recorded?.environment} recorded for this commit.`;
    const next = 'Release the artifact that was recorded; building the same commit again gives another one.';
    return { found: {}, rules: [rule(name, 'fail', 'artifacts-differ', message, {}, next)] };
  }
  const found = { ...recorded?.artifacts, ...handed };
  const missing = needed.filter(component => found[component]?.image === undefined);
  if (missing.length > 0) {
    const message = `${missing.join(', ')}: no artifact was handed over, and no environment has recorded one for ${release.sha.slice(0, 12)} or its tree.`;
    return { found: {}, rules: [rule(name, 'fail', 'artifact-unknown', message, { missing }, handOver)] };
  }
  const source = recorded === undefined ? 'handed over by the build' : `recorded by ${recorded.environment}`;
  const evidence = Object.fromEntries(needed.map(component => [component, found[component]?.image ?? '']));
  return { found, rules: [rule(name, 'pass', 'artifacts-same', `${needed.join(', ')}: ${source}.`, evidence)] };
}

/** Components that name a repository need a digest for it. */
function componentsWithArtifacts(flow: Flow, only: readonly string[]): readonly string[] {
  return Object.entries(flow.components)
    .filter(
      ([component, declaration]) =>
        declaration.repository !== undefined && (only.length === 0 || only.includes(component)),
    )
    .map(([component]) => component);
}

async function recordedFor(github: GitHub, flow: Flow, release: Release) {
  for (const environment of Object.keys(flow.environments)) {
    const { state } = await readJournal(github, environment);
    const entry = state.recorded.find(candidate => sameContent(candidate.release, release));
    if (entry !== undefined) return { environment, artifacts: entry.artifacts };
  }
  return undefined;
}

function differs(handed: Artifacts | undefined, recorded: Artifacts | undefined): boolean {
  if (handed === undefined || recorded === undefined) return false;
  return Object.entries(handed).some(([key, value]) => recorded[key] !== undefined && recorded[key] !== value);
}
