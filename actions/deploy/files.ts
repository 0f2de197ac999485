import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import type { Artifacts } from '#core/release';
import type { TargetRuntime } from '#core/target';

/** Fetches each artifact once, however many components share it; GitHub is only asked when one is wanted. */
export function artifactFiles(kit: Kit, token: string): TargetRuntime['filesOf'] {
  const folders = new Map<string, Promise<string>>();
  return artifacts => {
    const { 'artifact-id': id, digest } = artifacts;
    if (id === undefined || digest === undefined) throw nothingRecorded(artifacts);
    const folder = folders.get(id) ?? fetch(Number(id), digest, artifacts.artifact ?? id);
    folders.set(id, folder);
    return folder;
  };

  async function fetch(id: number, digest: string, name: string): Promise<string> {
    const { clock, random, run } = kit;
    const [{ createGitHub }, { fetchArtifact }] = await Promise.all([
      import('#github/client'),
      import('#github/artifact-files'),
    ]);
    const github = createGitHub({ token, repository: run.repository, apiUrl: run.apiUrl, clock, random });
    const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'artifact-'));
    await fetchArtifact(github, { id, name, digest }, folder);
    kit.log.info(`artifact ${name}: ${digest}`);
    return folder;
  }
}

function nothingRecorded(artifacts: Artifacts): FindingError {
  const message = 'No workflow artifact is recorded for this component.';
  const next = 'Deploy a plan of validate-tag, which finds it; or download the artifact and name its `folder`.';
  return new FindingError([{ reason: 'artifact-unknown', message, evidence: { ...artifacts }, next }]);
}
