import * as z from 'zod/mini';
import { asList, choice, documented, duration, list, oneOrMany, parsed, path, type Reading, text } from '../fields.ts';
import type { Mistake } from '../problem.ts';
import { type CommonComponent, commonKeys, type Declaration, defineTarget, readCommon } from './target.ts';

/** Files in a bucket, served by CloudFront. */
export interface StaticSiteComponent extends CommonComponent {
  readonly target: 'static-site';
  readonly bucket: string;
  /** The account that owns the bucket; absent: that of the role. */
  readonly owner?: string | undefined;
  /** The folder of the bucket that the site is in, without slashes at its ends; empty for the whole bucket. */
  readonly prefix: string;
  /** Exactly one of the two says where the files come from. */
  readonly artifact?: string | undefined;
  readonly folder?: string | undefined;
  readonly distribution?: string | undefined;
  readonly invalidate: 'changed' | 'all';
  /** Patterns of the pages: they come last, and are what a release is known by. */
  readonly documents: readonly string[];
  /** Patterns of files whose names change with their content; absent: recognised by the hash in their name. */
  readonly hashed?: readonly string[] | undefined;
  readonly exclude: readonly string[];
  /** In the order of the file; the first that matches holds. */
  readonly cacheControl: readonly CacheRule[];
  readonly settings?: SiteSettings | undefined;
  /** How long files are kept after a release last referred to them, ms. */
  readonly keep: number;
}

export interface CacheRule {
  readonly pattern: string;
  readonly value: string;
}

/** One file that the build leaves open, written for each environment. */
export interface SiteSettings {
  readonly file: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

const MONTH = 30 * 24 * 3_600_000;

export const staticSite = defineTarget({
  name: 'static-site',
  description: 'A static web site: files in an S3 bucket, served by CloudFront.',
  keys: {
    ...commonKeys,
    bucket: text('The S3 bucket that the files go to.', { examples: ['unifocus-{env}-web'] }),
    owner: z.optional(
      parsed(readAccountOrTemplate, "The AWS account that owns the bucket, in quotes; the role's own unless said.", {
        pattern: '^(\\d{12}$|.*\\{)',
        examples: ['333333333333'],
      }),
    ),
    prefix: z.optional(
      path('The folder of the bucket that the site is in; the whole bucket unless said.', { examples: ['web'] }),
    ),
    artifact: z.optional(text('The workflow artifact that holds the built files.', { examples: ['web'] })),
    folder: z.optional(
      path('A folder of the workspace that holds the built files, instead of an artifact.', { examples: ['dist'] }),
    ),
    distribution: z.optional(
      text('The CloudFront distribution that is invalidated, by its id.', { examples: ['E1A2B3C4D5E6F7'] }),
    ),
    invalidate: z.optional(
      choice(['changed', 'all'], 'Whether the paths that changed are invalidated, or `/*`.', { default: 'changed' }),
    ),
    documents: z.optional(
      oneOrMany(
        parsed(readPattern, 'A pattern of paths.'),
        'The pages: they are put in place last, when everything that they refer to is there.',
        { default: '**/*.html', examples: [['**/*.html', 'feed.xml']] },
      ),
    ),
    hashed: z.optional(
      list(
        parsed(readPattern, 'A pattern of paths.'),
        'Files whose names change with their content, which browsers may keep for ever; ' +
          'recognised by the hash in their names unless said.',
        { examples: [['assets/**']] },
      ),
    ),
    exclude: z.optional(
      list(parsed(readPattern, 'A pattern of paths.'), 'Files that are not deployed.', { examples: [['**/*.map']] }),
    ),
    'cache-control': z.optional(
      documented(
        z.record(z.string(), text('The header.')),
        'Cache-Control by pattern of paths; the first pattern that matches holds.',
        { examples: [{ '**/*.html': 'public, max-age=0, s-maxage=3600' }] },
      ),
    ),
    settings: z.optional(
      documented(
        z.strictObject({
          file: path('The file that is written: .json, or .js, which sets `globalThis.settings`.', {
            examples: ['settings.json'],
          }),
          values: documented(
            z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
            'What is in it, by name. Everybody can read it: no secrets.',
          ),
        }),
        'Settings of an environment as one file, so that one build serves them all.',
        { examples: [{ file: 'settings.json', values: { api: 'https://api.{env}.example.com' } }] },
      ),
    ),
    keep: z.optional(
      duration('How long files stay after a release last referred to them: as far back as a rollback may go.', {
        examples: ['90d'],
        default: '30d',
      }),
    ),
  },
  alternatives: ['artifact', 'folder'],
  rules: siteRules,
  read: (values, surroundings): StaticSiteComponent => ({
    ...readCommon(values, surroundings),
    target: 'static-site',
    bucket: values.bucket,
    owner: values.owner,
    prefix: (values.prefix ?? '').replace(/\/+$/, ''),
    artifact: values.artifact,
    folder: values.folder,
    distribution: values.distribution,
    invalidate: values.invalidate ?? 'changed',
    documents: values.documents === undefined ? ['**/*.html'] : asList(values.documents),
    hashed: values.hashed,
    exclude: values.exclude ?? [],
    cacheControl: Object.entries(values['cache-control'] ?? {}).map(([pattern, value]) => ({ pattern, value })),
    settings: values.settings,
    keep: values.keep ?? MONTH,
  }),
});

/** Where the suite keeps what it knows of a site; no release may put anything there. */
export const recordsFolder = '.release-actions';

function siteRules(declaration: Declaration): readonly Mistake[] {
  const { artifact, folder, distribution, invalidate, prefix, settings, 'cache-control': rules } = declaration;
  const mistakes: Mistake[] = [];
  const say = (path: Mistake['path'], message: string, hint?: string) =>
    mistakes.push({ path, message, hint, at: 'key' });

  if (artifact !== undefined && folder !== undefined) {
    say(['folder'], 'stands beside `artifact`: the files come from one of them', 'remove one');
  }
  if (artifact === undefined && folder === undefined) {
    say([], 'does not say which files are deployed', 'give `artifact` or `folder`');
  }
  if (invalidate !== undefined && distribution === undefined) {
    say(['invalidate'], 'has no effect without a `distribution`', 'give `distribution`, or remove it');
  }
  if (typeof prefix === 'string' && prefix.split('/')[0] === recordsFolder) {
    say(['prefix'], `is where the suite keeps its records of the bucket`, 'choose another folder');
  }
  if (isRecord(settings) && typeof settings.file === 'string' && !/\.(json|js)$/.test(settings.file)) {
    say(['settings', 'file'], `\`${settings.file}\` is neither .json nor .js`);
  }
  for (const pattern of isRecord(rules) ? Object.keys(rules) : []) {
    const reading = readPattern(pattern);
    if (!reading.ok) say(['cache-control', pattern], reading.message, reading.hint);
  }
  return mistakes;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readPattern(written: string): Reading<string> {
  if (written.trim() === '') return { ok: false, message: 'is empty' };
  if (!written.startsWith('/')) return { ok: true, value: written };
  return { ok: false, message: 'begins with a slash', hint: 'patterns count from the top folder of the site' };
}

/** Before its template is filled in it may be anything; then it is checked again. */
function readAccountOrTemplate(written: string): Reading<string> {
  if (/^\d{12}$/.test(written) || written.includes('{')) return { ok: true, value: written };
  return { ok: false, message: `\`${written}\` is not an AWS account of twelve digits` };
}
