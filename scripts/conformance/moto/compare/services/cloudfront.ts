import * as sdk from '@aws-sdk/client-cloudfront';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const bucket = 'conformance-origin';

export const cloudfront = comparison<{ readonly distribution: string }>({
  service: 'cloudfront',
  lab({ aws }) {
    aws.s3.createBucket({ account, region, name: bucket });
    const { id } = aws.cloudfront.create({ account, id: 'E1CONFORMANCE', hosts: [], bucket: aws.s3.bucket(bucket) });
    return { distribution: id };
  },
  async moto(client) {
    const { Distribution } = await new sdk.CloudFrontClient(client).send(
      new sdk.CreateDistributionCommand({
        DistributionConfig: {
          CallerReference: 'conformance',
          Comment: '',
          Enabled: true,
          Origins: {
            Quantity: 1,
            Items: [
              {
                Id: bucket,
                DomainName: `${bucket}.s3.${region}.amazonaws.com`,
                S3OriginConfig: { OriginAccessIdentity: '' },
              },
            ],
          },
          DefaultCacheBehavior: { TargetOriginId: bucket, ViewerProtocolPolicy: 'redirect-to-https' },
        },
      }),
    );
    return { distribution: Distribution?.Id ?? '' };
  },
  async play({ client, call, until, name }, { distribution: DistributionId }) {
    const cloudfront = new sdk.CloudFrontClient(client);
    const invalidate = (CallerReference: string, Items: string[], Quantity = Items.length, Id = DistributionId) =>
      cloudfront.send(
        new sdk.CreateInvalidationCommand({
          DistributionId: Id,
          InvalidationBatch: { CallerReference, Paths: { Quantity, Items } },
        }),
      );
    const look = (Id: string) => cloudfront.send(new sdk.GetInvalidationCommand({ DistributionId, Id }));

    await call('a distribution', async () => {
      const { Distribution } = await cloudfront.send(new sdk.GetDistributionCommand({ Id: DistributionId }));
      return {
        Id: Distribution?.Id,
        Status: Distribution?.Status,
        Enabled: Distribution?.DistributionConfig?.Enabled,
        Origin: Distribution?.DistributionConfig?.Origins?.Items?.map(({ Id, DomainName }) => ({ Id, DomainName })),
      };
    });
    await call('a distribution that is not there', () =>
      cloudfront.send(new sdk.GetDistributionCommand({ Id: 'ENONE' })),
    );
    const made = await call('an invalidation', () => invalidate('1.4.0', ['/', '/index.html']));
    const Id = made?.Invalidation?.Id ?? '';
    name('invalidation', Id);
    await call('the same once more', () => invalidate('1.4.0', ['/', '/index.html']));
    await call('the same reference for something else', () => invalidate('1.4.0', ['/other.html']));
    await until(
      'is done',
      () => look(Id),
      output => /^completed$/i.test(output.Invalidation?.Status ?? ''),
    );
    await call('an invalidation that is not there', () => look('INONE'));
    await call('all of them', () => cloudfront.send(new sdk.ListInvalidationsCommand({ DistributionId })));
    await call('fewer than it says', () => invalidate('few', ['/a'], 2));
    await call('a path that is none', () => invalidate('path', ['index.html']));
    await call('of a distribution that is not there', () => invalidate('none', ['/a'], 1, 'ENONE'));
  },
});
