import type { Cached, CachePolicy, Distribution, PageReply } from './distribution.ts';

/** Errors are kept ten seconds: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html */
const errorTtl = 10;

/**
 * What an edge answers to a GET of `path` (without its query, which is no part of the cache key): from its cache while that is
 * fresh, else from the bucket. A page that has gone stale is fetched again; that CloudFront asks with If-None-Match changes nothing
 * that can be seen.
 */
export function answerAt(distribution: Distribution, edge: number, path: string, now: number): PageReply {
  const cache = distribution.caches[edge % distribution.edges];
  if (cache === undefined) throw new Error(`${distribution.id} has no edge ${edge}`);
  const key = path === '/' && distribution.defaultRootObject !== '' ? `/${distribution.defaultRootObject}` : path;
  const held = cache.get(key);
  if (held !== undefined && held.until > now) return marked(held, 'Hit from cloudfront');
  const fetched = fetchPage(distribution, key, now);
  if (fetched.until > now) cache.set(key, fetched);
  else cache.delete(key);
  return marked(fetched, 'Miss from cloudfront');
}

function fetchPage(distribution: Distribution, path: string, now: number): Cached {
  const { policy, notFoundPage } = distribution;
  const reply = askOrigin(distribution, path);
  if (reply.status < 400) return { reply, until: now + ttlOf(reply.headers['cache-control'], policy) * 1000 };
  const page = notFoundPage === undefined ? undefined : askOrigin(distribution, notFoundPage);
  const shown = page === undefined || page.status >= 400 ? reply : { ...page, status: 200 };
  return { reply: shown, until: now + errorTtl * 1000 };
}

/**
 * The bucket behind an origin access control whose policy lets CloudFront get objects and not list them: what is not there is then
 * 403. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html , permissions.
 */
function askOrigin({ bucket, originPath }: Distribution, path: string): PageReply {
  const key = decodeURIComponent(`${originPath}${path}`.replace(/^\//, ''));
  const object = bucket.objects.get(key);
  if (object === undefined) {
    const body =
      '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    return { status: 403, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
  }
  const { ContentType = 'binary/octet-stream', CacheControl, ContentEncoding } = object.headers;
  return {
    status: 200,
    headers: {
      'content-type': ContentType,
      etag: object.etag,
      'last-modified': new Date(object.lastModified).toUTCString(),
      ...(CacheControl === undefined ? {} : { 'cache-control': CacheControl }),
      ...(ContentEncoding === undefined ? {} : { 'content-encoding': ContentEncoding }),
    },
    body: object.body,
  };
}

/** Seconds. The table of https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist */
export function ttlOf(cacheControl: string | undefined, { minTtl, defaultTtl, maxTtl }: CachePolicy): number {
  const said = new Map(
    (cacheControl ?? '').split(',').map(part => {
      const [name = '', value = ''] = part.trim().toLowerCase().split('=');
      return [name, value] as const;
    }),
  );
  if (said.has('no-cache') || said.has('no-store') || said.has('private')) return minTtl;
  const age = said.get('s-maxage') ?? said.get('max-age');
  if (age === undefined) return Math.max(minTtl, defaultTtl);
  return Math.min(Math.max(Number(age), minTtl), Math.max(maxTtl, minTtl));
}

function marked({ reply }: Cached, xCache: string): PageReply {
  return { ...reply, headers: { ...reply.headers, 'x-cache': xCache } };
}
