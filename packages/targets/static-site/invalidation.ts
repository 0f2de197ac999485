import { createHash } from 'node:crypto';

/** More than this in one folder is one wildcard: 1,000 paths a month are free, and a wildcard counts as one. */
const perFolder = 20;

/** CloudFront works on 15 wildcards at a time, for all invalidations together. */
const wildcards = 5;

/** Above this, all is invalidated. */
const paths = 100;

/**
 * The paths to invalidate for files that changed, as few as may be. `index.html` is also what its folder answers: the root object of
 * a distribution, or a bucket that is a web site. Source:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 */
export function invalidationPaths(changed: readonly string[], mode: 'changed' | 'all'): readonly string[] {
  if (changed.length === 0) return [];
  if (mode === 'all') return ['/*'];
  const all = [...new Set(changed)].sort();
  const byFolder = Map.groupBy(all, path => (path.includes('/') ? (path.split('/')[0] ?? '') : ''));
  const found = [...byFolder].flatMap(([folder, members]) =>
    folder !== '' && members.length > perFolder ? [`/${escaped(folder)}/*`] : members.flatMap(pathsOf),
  );
  return found.length > paths || found.filter(path => path.endsWith('*')).length > wildcards ? ['/*'] : found;
}

function pathsOf(file: string): readonly string[] {
  const path = `/${escaped(file)}`;
  return /(^|\/)index\.html$/.test(file) ? [path, path.replace(/index\.html$/, '')] : [path];
}

/** Unsafe characters and all but ASCII are escaped, as in RFC 1738; a star that means itself, too. */
function escaped(path: string): string {
  return path
    .split('/')
    .map(part => encodeURIComponent(part).replaceAll('*', '%2A'))
    .join('/');
}

/** The same change has the same reference: a run that is started again finds its own invalidation. */
export function callerReference(generation: number, manifest: string, invalidated: readonly string[]): string {
  const paths = createHash('sha256').update(JSON.stringify(invalidated)).digest('hex').slice(0, 12);
  return `release-actions-${generation}-${manifest.slice(0, 16)}-${paths}`;
}
