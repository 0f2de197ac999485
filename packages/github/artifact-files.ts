import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromBufferPromise } from 'yauzl';
import { FindingError } from '#core/finding';
import { artifactById, downloadArtifact } from './artifacts.ts';
import type { GitHub } from './client.ts';

export interface WantedArtifact {
  readonly id: number;
  readonly name: string;
  /** `sha256:…` of the archive, as it was recorded. */
  readonly digest: string;
}

/**
 * Puts the files of a workflow artifact into `folder`, and nothing that is not exactly what was recorded. Throws a `FindingError`
 * when it is gone, or another.
 */
export async function fetchArtifact(github: GitHub, wanted: WantedArtifact, folder: string): Promise<void> {
  const known = await artifactById(github, wanted.id);
  if (known === undefined || known.expired) throw new FindingError([artifactGone(wanted)]);
  const archive = await downloadArtifact(github, wanted.id);
  const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
  if (digest !== wanted.digest) {
    const message = `The artifact ${wanted.name} is ${digest}; ${wanted.digest} was recorded.`;
    throw new FindingError([{ reason: 'artifacts-differ', message, evidence: { ...wanted, found: digest } }]);
  }
  await unpack(archive, folder);
}

export function artifactGone({ id, name }: Pick<WantedArtifact, 'id' | 'name'>) {
  return {
    reason: 'artifact-gone',
    message: `GitHub does not keep the artifact ${name} (${id}) any more.`,
    evidence: { id, name },
  } as const;
}

/** Names that lead out of the folder are refused by the library. */
async function unpack(archive: Buffer, folder: string): Promise<void> {
  const zip = await fromBufferPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const path = join(folder, entry.fileName);
    if (entry.fileName.endsWith('/')) {
      await mkdir(path, { recursive: true });
    } else {
      await mkdir(dirname(path), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
    }
  }
}
