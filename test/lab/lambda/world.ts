import * as lambda from '@aws-sdk/client-lambda';
import type { AppBehaviour } from '../../../packages/lab/aws/ecs/behaviour.ts';
import { makeZip } from '../../../packages/lab/aws/lambda/archive.ts';
import { createLambda } from '../../../packages/lab/aws/lambda/lambda.ts';
import { createCodeObjects } from '../../../packages/lab/aws/lambda/objects.ts';
import type { NewFunction } from '../../../packages/lab/aws/lambda/world.ts';
import { manualClock, startLab } from '../wire/harness.ts';

export const place = { account: '111111111111', region: 'ap-southeast-2', name: 'api' };
export const registry = '111111111111.dkr.ecr.ap-southeast-2.amazonaws.com';
export const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** An archive whose package.json says which version it is. */
export const zipOf = (version: string) => makeZip({ 'package.json': JSON.stringify({ name: 'api', version }) });

/** Lambda over HTTP, with images `one` and `two`, and one function with an alias `live`. */
export async function openLambda(
  spec: Partial<NewFunction> = {},
  behaviours: Record<string, Partial<AppBehaviour>> = {},
) {
  const manual = manualClock();
  const objects = createCodeObjects();
  const logged: string[] = [];
  const images: Record<string, string> = { one: digest('1'), two: digest('2') };
  const { service, world } = createLambda({
    clock: manual,
    objects,
    images: {
      resolve: (_account, _region, reference) => {
        const found = images[reference.split(/[:@]/).at(-1) ?? ''] ?? '';
        const pinned = Object.values(images).find(each => reference.endsWith(each));
        return found === '' && pinned === undefined ? 'not-found' : { digest: pinned ?? found };
      },
    },
    logs: {
      createGroup: () => undefined,
      append: (_account, _region, group, stream, _time, message) => void logged.push(`${group} ${stream} ${message}`),
    },
    imageBehaviour: found => ({ version: found.slice(7, 8), ...behaviours[found.slice(7, 8)] }),
    packageBehaviour: (_name, version) => ({ version, ...behaviours[version] }),
  });
  world.createFunction(place, { code: { zip: zipOf('1.0.0') }, settings: {}, alias: 'live', ...spec });
  const lab = await startLab({ services: [service], manual });
  return { lab, world, objects, logged, images, client: new lambda.LambdaClient(lab.client) };
}
