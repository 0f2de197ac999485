import type { CacheRule } from '#core/flow/targets/static-site';
import { mediaType } from './media-types.ts';
import { matcherOf } from './pattern.ts';

/**
 * - `asset`: its name changes with its content; whoever has it may keep it for ever.
 * - `file`: a name that stays while the content changes: an icon, a feed, the settings.
 * - `document`: a page, which refers to the others.
 */
export type Kind = 'asset' | 'file' | 'document';

export interface Class {
  readonly kind: Kind;
  readonly type: string;
  readonly cacheControl: string;
  readonly encoding?: string;
}

export interface ClassRules {
  readonly documents: readonly string[];
  readonly hashed?: readonly string[] | undefined;
  readonly cacheControl: readonly CacheRule[];
}

/** A year is what RFC 9111 calls for ever; `immutable` is RFC 8246. */
const forEver = 'public, max-age=31536000, immutable';

/** Kept, and asked for again each time: a page is as new as the release. */
const askAgain = 'public, max-age=0, must-revalidate';

const encodings: Readonly<Record<string, string>> = { br: 'br', gz: 'gzip', zst: 'zstd' };

/**
 * What a file is, and what S3 is to say of it. `paths` are all of the release: `app.js.br` beside `app.js` is the same file,
 * compressed, and has its type and its rules.
 */
export function classifierOf(rules: ClassRules, paths: ReadonlySet<string>): (path: string) => Class {
  const isDocument = matcherOf(rules.documents);
  const isHashed = rules.hashed === undefined ? hasHashInName : matcherOf(rules.hashed);
  const cacheRules = rules.cacheControl.map(({ pattern, value }) => ({ matches: matcherOf([pattern]), value }));
  return path => {
    const [, plain = '', suffix = ''] = /^(.*)\.(br|gz|zst)$/.exec(path) ?? [];
    const encoding = paths.has(plain) ? encodings[suffix] : undefined;
    const meant = encoding === undefined ? path : plain;
    const kind = isDocument(meant) ? 'document' : isHashed(meant) ? 'asset' : 'file';
    const said = cacheRules.find(rule => rule.matches(meant))?.value;
    return {
      kind,
      type: mediaType(meant),
      cacheControl: said ?? (kind === 'asset' ? forEver : askAgain),
      ...(encoding === undefined ? {} : { encoding }),
    };
  };
}

/**
 * Whether the last part of a name before its extensions is a hash, as bundlers write it: `app.3f2a9c1b.js`, `index-BnS3mP2d.js`,
 * `chunk-5X2KAZ4N.mjs`. A word or a date is none: what is taken for a hash is kept by browsers for a year, so doubt means no.
 * `app.3f2a9c1b.min.js` and `3f2a9c1b.js` are, too.
 */
export function hasHashInName(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  const parts = name.split('.').slice(0, -1);
  return parts.some(part => {
    const candidates = [part, ...[...part.matchAll(/[-_]/g)].map(({ index }) => part.slice(index + 1))];
    return candidates.some(looksLikeHash);
  });
}

function looksLikeHash(text: string): boolean {
  if (/^[0-9a-f]{8,64}$/.test(text)) return /[a-f]/.test(text) && /[0-9]/.test(text);
  // esbuild: eight of base 32.
  if (/^[A-Z2-7]{8}$/.test(text)) return /[A-Z]/.test(text) && /[2-7]/.test(text);
  // Vite and Rollup: eight or more of base 64 for URLs.
  if (!/^[A-Za-z0-9_-]{8,22}$/.test(text)) return false;
  return /[A-Z]/.test(text) && /[a-z]/.test(text) && /[0-9]/.test(text);
}
