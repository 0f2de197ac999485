import * as z from 'zod/mini';
import { account, count, described, duration, expects, list, map, text, texts } from '../../schema/words.ts';

/** Buckets and the sites in them: what is there, what happens to it, what it has to be afterwards. */

const object = z.union([
  described(z.string(), 'Its body.'),
  z.strictObject({
    body: described(z.string(), 'Its body.'),
    'content-type': z.optional(text('As S3 says it.')),
    'cache-control': z.optional(text('As S3 says it.')),
    'content-encoding': z.optional(text('As S3 says it.')),
  }),
]);

export const bucket = z.strictObject({
  account: account('The account that owns it.'),
  name: text('Its name.'),
  region: z.optional(text('Its region; that of the scenario unless said.')),
  encryption: z.optional(described(z.enum(['AES256', 'aws:kms']), 'With KMS an ETag is no MD5; AES256 unless said.')),
  versioning: z.optional(
    described(z.enum(['Enabled', 'Suspended']), 'Whether it says that it keeps versions; never had any unless said.'),
  ),
  objects: z.optional(described(z.record(z.string(), object), 'What somebody has put there, by key.')),
});

export const distribution = z.strictObject({
  account: account('The account.'),
  id: text('Its id.'),
  bucket: text('The bucket that its files come from.'),
  host: text('The name under which it answers.'),
  'origin-path': z.optional(text('Put before every path, as `/web`.')),
  'root-object': z.optional(text('What `/` answers; index.html unless said.')),
  'not-found-page': z.optional(text('A path that is answered instead of a 403, with 200.')),
  edges: z.optional(count('How many edges have a cache of their own; 3 unless said.')),
  'invalidation-takes': z.optional(duration('How long an invalidation takes; 30 s unless said.')),
});

export const siteHappening = {
  'put-object': z.optional(
    described(
      z.strictObject({
        bucket: text('The bucket.'),
        key: text('The key.'),
        body: described(z.string(), 'Its body.'),
        'content-type': z.optional(text('As S3 says it.')),
        'cache-control': z.optional(text('As S3 says it.')),
      }),
      'Somebody else puts an object into a bucket.',
    ),
  ),
  'delete-object': z.optional(
    described(
      z.strictObject({ bucket: text('The bucket.'), key: text('The key.') }),
      'Somebody else deletes an object.',
    ),
  ),
  'set-versioning': z.optional(
    described(
      z.strictObject({
        bucket: text('The bucket.'),
        versioning: described(z.enum(['Enabled', 'Suspended']), 'Whether it says from now on that it keeps versions.'),
      }),
      'Somebody switches the versions of a bucket on or off.',
    ),
  ),
  invalidate: z.optional(
    described(
      z.strictObject({ distribution: text('Its id.'), paths: list() }),
      'Somebody else makes an invalidation for each path.',
    ),
  ),
  browse: z.optional(
    described(
      z.strictObject({
        host: text('The host.'),
        pages: described(list(), 'Paths.'),
        for: z.optional(duration('How long; an hour unless said.')),
      }),
      'Visitors at every edge load pages with all that they refer to: after each change in the bucket, and every ten seconds. What they have ' +
        'once loaded stays open, and goes on asking for its files.',
    ),
  ),
};

export const siteExpectation = {
  bucket: z.optional(
    described(
      z
        .strictObject({
          name: text('The bucket.'),
          objects: z.optional(
            described(
              map(
                z.union([
                  described(z.string(), 'Its body.'),
                  z.strictObject({
                    body: z.optional(described(z.string(), 'Its body.')),
                    'content-type': z.optional(text('As S3 says it.')),
                    'cache-control': z.optional(text('As S3 says it.')),
                    'content-encoding': z.optional(text('As S3 says it.')),
                  }),
                ]),
              ),
              'Objects that are there, by key.',
            ),
          ),
          lacks: z.optional(described(list(), 'Keys that are not there.')),
          'site-has': z.optional(
            count('How many objects there are, those left aside in which the suite keeps its records.'),
          ),
        })
        .check(expects('objects', 'lacks', 'site-has')),
      'A bucket as S3 has it.',
    ),
  ),
  page: z.optional(
    described(
      z
        .strictObject({
          host: text('The host.'),
          path: text('The path.'),
          has: z.optional(texts('Every edge answers a page that has these.')),
          status: z.optional(count('The status that every edge answers; 200 unless said.')),
        })
        .check(expects('has', 'status')),
      'What every edge of a distribution answers now.',
    ),
  ),
  browsing: z.optional(
    described(
      z.strictObject({
        host: text('The host.'),
        misses: count('How many files were missed by pages that referred to them.'),
        'pages-at-least': z.optional(count('How many pages were loaded, at least.')),
        'releases-at-least': z.optional(count('How many different front pages were seen, at least.')),
      }),
      'What the visitors of a host have met since they began.',
    ),
  ),
  invalidations: z.optional(
    described(
      z.strictObject({
        distribution: text('Its id.'),
        paths: described(z.array(z.array(z.string())), 'The paths of each, the oldest first.'),
      }),
      'Every invalidation since the beginning.',
    ),
  ),
};
