import * as model from '@aws-sdk/client-cloudfront';
import type { LabClock } from '../../clock/clock.ts';
import { modelOnly } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { type Call, type Service, ServiceError } from '../../wire/service.ts';
import { createDistribution, type Distribution, type DistributionSpec, type Invalidation } from './distribution.ts';
import { createInvalidation } from './invalidations.ts';

export interface CloudFrontWorld {
  readonly service: Service;
  create(spec: DistributionSpec): Distribution;
  distribution(id: string): Distribution;
  /** The one that a host name leads to. */
  at(host: string): Distribution | undefined;
  /** As somebody else's invalidation would. */
  invalidate(id: string, paths: readonly string[]): void;
}

/**
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/ . Global, one for each account. One origin, a bucket behind an origin
 * access control; no functions, behaviours, query strings or cookies in the cache key, compression, signed URLs, staging.
 */
export function createCloudFront({ clock }: { readonly clock: LabClock }): CloudFrontWorld {
  const distributions = new Map<string, Distribution>();
  let made = 0;
  const newId = () => {
    made += 1;
    return `I${String(made).padStart(20, 'ABCDEFGHJKLMNPQRSTUV')}`;
  };

  function find(id: string | undefined, call: Call): Distribution {
    const found = distributions.get(id ?? '');
    if (found?.account === call.account) return found;
    throw new ServiceError('NoSuchDistribution', 'The specified distribution does not exist.');
  }

  const service: Service = {
    id: 'cloudfront',
    model,
    resource: (_operation, input, { account }) =>
      `arn:aws:cloudfront::${account}:distribution/${String(input.DistributionId ?? input.Id)}`,
    operations: {
      GetDistribution(input: model.GetDistributionCommandInput, call: Call) {
        modelOnly(input, 'Id');
        return { Distribution: described(find(input.Id, call)), ETag: 'E2QWRUHEXAMPLE' };
      },
      CreateInvalidation(input: model.CreateInvalidationCommandInput, call: Call) {
        const distribution = find(input.DistributionId, call);
        const invalidation = createInvalidation(input, distribution, clock, newId);
        const location = `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distribution.id}/invalidation/${invalidation.id}`;
        return { Location: location, Invalidation: describedInvalidation(invalidation) };
      },
      GetInvalidation(input: model.GetInvalidationCommandInput, call: Call) {
        const found = find(input.DistributionId, call).invalidations.get(input.Id ?? '');
        if (found === undefined) {
          throw new ServiceError('NoSuchInvalidation', 'The specified invalidation does not exist.');
        }
        return { Invalidation: describedInvalidation(found) };
      },
      ListInvalidations(input: model.ListInvalidationsCommandInput, call: Call) {
        const all = [...find(input.DistributionId, call).invalidations.values()].reverse();
        const size = input.MaxItems ?? 100;
        const page = cutPage(all, input.DistributionId, input.Marker, size);
        if (page === undefined) throw new ServiceError('InvalidArgument', 'The marker is not valid.');
        return {
          InvalidationList: {
            Marker: input.Marker ?? '',
            MaxItems: size,
            IsTruncated: page.next !== undefined,
            NextMarker: page.next,
            Quantity: page.items.length,
            Items: page.items.map(({ id, createdAt, status }) => ({
              Id: id,
              CreateTime: new Date(createdAt),
              Status: status,
            })),
          },
        };
      },
    },
  };

  return {
    service,
    create(spec) {
      if (distributions.has(spec.id)) throw new Error(`There is a distribution ${spec.id} already`);
      const distribution = createDistribution(spec);
      distributions.set(spec.id, distribution);
      return distribution;
    },
    distribution(id) {
      const found = distributions.get(id);
      if (found === undefined) throw new Error(`There is no distribution ${id}`);
      return found;
    },
    at: host => [...distributions.values()].find(each => each.hosts.includes(host) || each.domainName === host),
    invalidate(id, paths) {
      const distribution = distributions.get(id);
      if (distribution === undefined) throw new Error(`There is no distribution ${id}`);
      const CallerReference = `by hand ${clock.now()} ${distribution.invalidations.size}`;
      const batch = { CallerReference, Paths: { Quantity: paths.length, Items: [...paths] } };
      createInvalidation({ DistributionId: id, InvalidationBatch: batch }, distribution, clock, newId);
    },
  };
}

function describedInvalidation({ id, createdAt, status, callerReference, paths }: Invalidation): model.Invalidation {
  return {
    Id: id,
    Status: status,
    CreateTime: new Date(createdAt),
    InvalidationBatch: { CallerReference: callerReference, Paths: { Quantity: paths.length, Items: [...paths] } },
  };
}

/** As far as a caller looks at it: names, origin, root object, whether it is on. */
function described(distribution: Distribution): model.Distribution {
  const { id, arn, domainName, bucket, originPath, hosts, defaultRootObject, enabled } = distribution;
  const open = [...distribution.invalidations.values()].filter(each => each.status === 'InProgress').length;
  return {
    Id: id,
    ARN: arn,
    Status: 'Deployed',
    LastModifiedTime: new Date(Date.UTC(2026, 0, 1)),
    InProgressInvalidationBatches: open,
    DomainName: domainName,
    DistributionConfig: {
      CallerReference: id,
      Aliases: { Quantity: hosts.length, ...(hosts.length === 0 ? {} : { Items: [...hosts] }) },
      DefaultRootObject: defaultRootObject,
      Origins: {
        Quantity: 1,
        Items: [
          {
            Id: bucket.name,
            DomainName: `${bucket.name}.s3.${bucket.region}.amazonaws.com`,
            OriginPath: originPath,
            S3OriginConfig: { OriginAccessIdentity: '' },
          },
        ],
      },
      DefaultCacheBehavior: { TargetOriginId: bucket.name, ViewerProtocolPolicy: 'redirect-to-https' },
      Comment: '',
      Enabled: enabled,
    },
  };
}
