import type { Ecr, EcrRepository, Manifest } from '#aws/ecr';
import { concurrently } from '#core/concurrently';
import { FindingError } from '#core/finding';

/** A repository, and the client that reaches its region. */
export interface ImagePlace {
  readonly ecr: Ecr;
  readonly repository: EcrRepository;
  /** As people write it. */
  readonly text: string;
}

/** How many layers are under way at the same time: each holds a part of 10 MiB in memory. */
const atOnce = 3;

/**
 * Copies an image by its digest, layer by layer, through ECR’s own API, and looks at what has arrived: the digest is that of the
 * manifest’s very bytes, so the copy is the image. Layers that are there are not sent again, and a copy that broke off goes on.
 */
export async function copyImage(from: ImagePlace, to: ImagePlace, digest: string): Promise<void> {
  const manifest = await from.ecr.image(from.repository, digest);
  if (manifest === undefined) throw new FindingError([imageMissing(digest, [to.text, from.text])]);
  const content = JSON.parse(manifest.text) as Content;
  // An index over the images of several platforms: each of them has to be there before the index is taken.
  for (const child of content.manifests ?? []) await copyImage(from, to, child.digest);
  await copyLayers(from, to, content);
  await to.ecr.putImage(to.repository, manifest);
  const arrived = await to.ecr.image(to.repository, digest);
  if (arrived?.digest !== digest) throw new FindingError([copyDiffers(digest, arrived, to)]);
}

export function imageMissing(digest: string, places: readonly string[]) {
  return {
    reason: 'image-not-found',
    message: `There is no image ${digest} in ${places.join(', nor in ')}.`,
    evidence: { digest, repositories: [...places] },
  } as const;
}

async function copyLayers(from: ImagePlace, to: ImagePlace, { config, layers = [] }: Content): Promise<void> {
  const digests = [...new Set([...(config === undefined ? [] : [config]), ...layers].map(layer => layer.digest))];
  if (digests.length === 0) return;
  const there = await to.ecr.layersThere(to.repository, digests);
  const missing = digests.filter(digest => !there.has(digest));
  await concurrently(missing, atOnce, async digest =>
    to.ecr.uploadLayer(to.repository, digest, await download(from, digest)),
  );
}

async function download({ ecr, repository, text }: ImagePlace, digest: string): Promise<AsyncIterable<Uint8Array>> {
  const answer = await fetch(await ecr.downloadUrl(repository, digest));
  if (answer.ok && answer.body !== null) return answer.body;
  const message = `The layer ${digest} of ${text} could not be downloaded: HTTP ${answer.status}.`;
  throw new FindingError([{ reason: 'api-unavailable', message, evidence: { digest, status: answer.status } }]);
}

function copyDiffers(digest: string, arrived: Manifest | undefined, to: ImagePlace) {
  const message = `The copy of ${digest} in ${to.text} is ${arrived?.digest ?? 'not there'}.`;
  return { reason: 'artifacts-differ', message, evidence: { digest, found: arrived?.digest ?? '' } } as const;
}

/** Of an image, or of an index. */
interface Content {
  readonly config?: { readonly digest: string };
  readonly layers?: readonly { readonly digest: string }[];
  readonly manifests?: readonly { readonly digest: string }[];
}
