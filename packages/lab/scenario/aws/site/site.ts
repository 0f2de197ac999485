import type { AwsLab } from '../../../assembly/aws.ts';
import { answerAt } from '../../../aws/cloudfront/edge.ts';
import type { ObjectHeaders } from '../../../aws/s3/bucket.ts';
import type { Lab } from '../../../lab.ts';
import type { Expectation, Step, World } from '../../schema.ts';
import { differs, lacks } from '../../shortfall.ts';
import type { Stage } from '../../stage.ts';
import { startVisitors, type Visitors } from './visitors.ts';

/** Makes the buckets and distributions of a scenario. */
export function prepareSites(aws: AwsLab, { aws: { region, buckets = [], distributions = [] } }: World): void {
  for (const { account, name, encryption, versioning, objects = {}, region: own = region } of buckets) {
    aws.s3.createBucket({
      ...{ account, name, region: own },
      ...(encryption === undefined ? {} : { encryption }),
      ...(versioning === undefined ? {} : { versioning }),
    });
    for (const [key, object] of Object.entries(objects)) {
      if (typeof object === 'string') aws.s3.put(name, key, object);
      else aws.s3.put(name, key, object.body, headersOf(object));
    }
  }
  for (const spec of distributions) {
    aws.cloudfront.create({
      account: spec.account,
      id: spec.id,
      hosts: [spec.host],
      bucket: aws.s3.bucket(spec.bucket),
      defaultRootObject: spec['root-object'] ?? 'index.html',
      ...(spec['origin-path'] === undefined ? {} : { originPath: spec['origin-path'] }),
      ...(spec['not-found-page'] === undefined ? {} : { notFoundPage: spec['not-found-page'] }),
      ...(spec.edges === undefined ? {} : { edges: spec.edges }),
      ...(spec['invalidation-takes'] === undefined ? {} : { invalidationTakes: spec['invalidation-takes'] }),
    });
  }
}

const visiting = new WeakMap<Lab, Map<string, Visitors>>();

type SiteHappening = Pick<Step, 'put-object' | 'delete-object' | 'set-versioning' | 'invalidate' | 'browse'>;

export function happenToSites({ lab }: Stage, happening: SiteHappening): void {
  const { 'put-object': put, 'delete-object': gone, 'set-versioning': set, invalidate, browse } = happening;
  if (put !== undefined) lab.aws.s3.put(put.bucket, put.key, put.body, headersOf(put));
  if (gone !== undefined) lab.aws.s3.remove(gone.bucket, gone.key);
  if (set !== undefined) lab.aws.s3.setVersioning(set.bucket, set.versioning);
  for (const path of invalidate?.paths ?? []) lab.aws.cloudfront.invalidate(invalidate?.distribution ?? '', [path]);
  if (browse === undefined) return;
  const distribution = lab.aws.cloudfront.at(browse.host);
  if (distribution === undefined) throw new Error(`nothing answers at ${browse.host}`);
  const known = visiting.get(lab) ?? new Map<string, Visitors>();
  visiting.set(lab, known.set(browse.host, startVisitors(lab, distribution, browse.pages, browse.for ?? 3_600_000)));
}

export function siteShortfalls(stage: Stage, expectation: Expectation): readonly string[] {
  const { bucket, page, browsing, invalidations } = expectation;
  return [
    ...(bucket === undefined ? [] : bucketShortfalls(stage, bucket)),
    ...(page === undefined ? [] : pageShortfalls(stage, page)),
    ...(browsing === undefined ? [] : browsingShortfalls(stage, browsing)),
    ...(invalidations === undefined ? [] : invalidationShortfalls(stage, invalidations)),
  ];
}

function bucketShortfalls({ lab }: Stage, wanted: NonNullable<Expectation['bucket']>): readonly string[] {
  const { name } = wanted;
  const { objects } = lab.aws.s3.bucket(name);
  const own = [...objects.keys()].filter(key => !key.startsWith('.release-actions/'));
  return [
    ...Object.entries(wanted.objects ?? {}).flatMap(([key, object]) => {
      const found = objects.get(key);
      if (found === undefined) return [`${name} has no ${key}; it has ${own.join(', ')}`];
      const { body, ...headers } = typeof object === 'string' ? { body: object } : object;
      return [
        ...differs(`${name}, ${key}`, body, Buffer.from(found.body).toString()),
        ...Object.entries(headersOf(headers)).flatMap(([header, value]) =>
          differs(`${name}, ${key}, ${header}`, value, Reflect.get(found.headers, header)),
        ),
      ];
    }),
    ...(wanted.lacks ?? []).filter(key => objects.has(key)).map(key => `${name} has ${key}`),
    ...differs(`${name}, objects of the site`, wanted['site-has'], own.length),
  ];
}

function pageShortfalls({ lab }: Stage, wanted: NonNullable<Expectation['page']>): readonly string[] {
  const { host, path, has, status = 200 } = wanted;
  const distribution = lab.aws.cloudfront.at(host);
  if (distribution === undefined) return [`nothing answers at ${host}`];
  return Array.from({ length: distribution.edges }, (_, edge) => edge).flatMap(edge => {
    const found = answerAt(distribution, edge, path, lab.clock.now());
    const what = `${host}${path} at edge ${edge}`;
    return [
      ...differs(`${what}, status`, status, found.status),
      ...lacks(what, has, Buffer.from(found.body).toString()),
    ];
  });
}

function browsingShortfalls({ lab }: Stage, wanted: NonNullable<Expectation['browsing']>): readonly string[] {
  const visitors = visiting.get(lab)?.get(wanted.host);
  if (visitors === undefined) return [`nobody browses ${wanted.host}`];
  const { misses, pages, fronts } = visitors;
  const { 'pages-at-least': least = 1, 'releases-at-least': releases = 1 } = wanted;
  return [
    ...(misses.length === wanted.misses ? [] : [`${misses.length} misses: ${misses.slice(0, 5).join(', ')}`]),
    ...(pages < least ? [`only ${pages} pages were loaded`] : []),
    ...(fronts.size < releases ? [`only ${fronts.size} front pages were seen`] : []),
  ];
}

function invalidationShortfalls({ lab }: Stage, wanted: NonNullable<Expectation['invalidations']>): readonly string[] {
  const { invalidations } = lab.aws.cloudfront.distribution(wanted.distribution);
  const found = [...invalidations.values()].map(({ paths }) => paths);
  return differs(`invalidations of ${wanted.distribution}`, wanted.paths, found);
}

function headersOf(said: {
  readonly 'content-type'?: string | undefined;
  readonly 'cache-control'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}): ObjectHeaders {
  const { 'content-type': type, 'cache-control': cache, 'content-encoding': encoding } = said;
  return {
    ...(type === undefined ? {} : { ContentType: type }),
    ...(cache === undefined ? {} : { CacheControl: cache }),
    ...(encoding === undefined ? {} : { ContentEncoding: encoding }),
  };
}
