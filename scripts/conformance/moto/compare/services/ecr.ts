import * as sdk from '@aws-sdk/client-ecr';
import { digestOf, makeImage } from '../../../../../packages/lab/aws/ecr/repository.ts';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const repositoryName = 'conformance/api';
const immutable = 'conformance/kept';
const images = ['1.4.0', '1.5.0'];
const unknown = `sha256:${'0'.repeat(64)}`;

/** Two images in each repository, tagged with what they are. */
export const ecr = comparison<{ readonly digest: string }>({
  service: 'ecr',
  lab({ aws }) {
    aws.ecr.createRepository(account, region, repositoryName);
    aws.ecr.createRepository(account, region, immutable, 'IMMUTABLE');
    for (const repository of [repositoryName, immutable]) {
      for (const tag of images) aws.ecr.push({ account, region, repository, tags: [tag], content: tag });
    }
    return { digest: digestOf(makeImage('1.4.0').manifest) };
  },
  async moto(client) {
    const ecr = new sdk.ECRClient(client);
    for (const repository of [repositoryName, immutable]) {
      const imageTagMutability = repository === immutable ? 'IMMUTABLE' : 'MUTABLE';
      await ecr.send(new sdk.CreateRepositoryCommand({ repositoryName: repository, imageTagMutability }));
      for (const imageTag of images) {
        const { manifest: imageManifest } = makeImage(imageTag);
        await ecr.send(new sdk.PutImageCommand({ repositoryName: repository, imageManifest, imageTag }));
      }
    }
    const imageIds = [{ imageTag: '1.4.0' }];
    const { imageDetails } = await ecr.send(new sdk.DescribeImagesCommand({ repositoryName, imageIds }));
    return { digest: imageDetails?.[0]?.imageDigest ?? '' };
  },
  async play({ client, call }, { digest: imageDigest }) {
    const ecr = new sdk.ECRClient(client);
    const { manifest: imageManifest } = makeImage('1.4.0');
    const describe = (imageIds: sdk.ImageIdentifier[]) =>
      ecr.send(new sdk.DescribeImagesCommand({ repositoryName, imageIds }));
    const get = (...imageIds: sdk.ImageIdentifier[]) =>
      ecr.send(new sdk.BatchGetImageCommand({ repositoryName, imageIds }));
    const put = (imageTag: string, repository = repositoryName) =>
      ecr.send(new sdk.PutImageCommand({ repositoryName: repository, imageManifest, imageTag }));

    await call('a repository', () =>
      ecr.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })),
    );
    await call('a repository that is not there', () =>
      ecr.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: ['none'] })),
    );
    await call('an image by its tag', () => describe([{ imageTag: '1.4.0' }]));
    await call('an image by its digest', () => describe([{ imageDigest }]));
    await call('an image that is not there', () => describe([{ imageTag: 'none' }]));
    await call('a digest that is not there', () => describe([{ imageDigest: unknown }]));
    await call('an image of a repository that is not there', () =>
      ecr.send(new sdk.DescribeImagesCommand({ repositoryName: 'none', imageIds: [{ imageTag: '1.4.0' }] })),
    );
    await call('the digest of its manifest', async () => ({ is: imageDigest === digestOf(imageManifest) }));
    await call('all tags', async () => {
      const { imageIds = [] } = await ecr.send(new sdk.ListImagesCommand({ repositoryName }));
      return { tags: imageIds.map(id => id.imageTag).toSorted() };
    });
    await call('its manifest', () => get({ imageTag: '1.4.0' }));
    await call('the manifest of one that is there and one that is not', () =>
      get({ imageTag: '1.4.0' }, { imageTag: 'none' }),
    );
    await call('another tag', () => put('latest'));
    await call('the same tag', () => put('latest'));
    await call('a tag moves', () => put('1.5.0'));
    await call('to that image', async () => {
      const [image] = (await describe([{ imageTag: '1.5.0' }])).imageDetails ?? [];
      return { digest: image?.imageDigest, tags: image?.imageTags?.toSorted() };
    });
    await call('a tag that cannot move', () => put('1.5.0', immutable));
  },
});
