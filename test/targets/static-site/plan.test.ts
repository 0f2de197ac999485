import { describe, expect, test } from '@jest/globals';
import { bookAfter, bookBefore, leftovers } from '#targets/static-site/accounts';
import { emptyLedger, type Ledger, readLedger, writeLedger } from '#targets/static-site/ledger';
import { digestOf, readManifest, type SiteFile, writeManifest } from '#targets/static-site/manifest';
import { isInPlace, planSite, type Scene, uncertain, type WantedFile } from '#targets/static-site/plan';
import { readState, writeState } from '#targets/static-site/state';
import { inOrder } from '#targets/static-site/switch';

const file = (kind: SiteFile['kind'], content: string, more: Partial<WantedFile> = {}): WantedFile => ({
  kind,
  content,
  size: content.length,
  type: 'text/plain',
  md5: `md5-${content}`,
  ...more,
});
const there = (content: string) => ({ etag: `md5-${content}`, size: content.length });
const known = (one: WantedFile, since?: number) => {
  const { md5: _, ...rest } = one;
  return { ...rest, etag: `md5-${one.content}`, ...(since === undefined ? {} : { since }) };
};

const page = file('document', 'page');
const script = file('asset', 'script');
const logo = file('file', 'logo');
const wanted = new Map([
  ['index.html', page],
  ['a-1.js', script],
  ['logo.svg', logo],
]);
const ledger: Ledger = {
  objects: new Map([
    ['index.html', known(page)],
    ['a-1.js', known(script)],
    ['logo.svg', known(logo)],
  ]),
  contents: new Map([
    ['page', null],
    ['logo', null],
  ]),
  manifests: new Map(),
};
const listing = new Map([
  ['index.html', there('page')],
  ['a-1.js', there('script')],
  ['logo.svg', there('logo')],
]);
const base = new Map([...wanted].map(([path, { md5: _, ...rest }]) => [path, rest] as const));
const shown: Scene = { wanted, listing, ledger, base };

const empty = { assets: [], switches: [], removals: [], foreign: [], changed: [], gone: [], clashing: [] };
const without = <V>(map: ReadonlyMap<string, V>, key: string) => new Map([...map].filter(([each]) => each !== key));
const with_ = <V>(map: ReadonlyMap<string, V>, key: string, value: V) => new Map([...map, [key, value]]);

describe('what has to be done', () => {
  test('nothing where all is as it should be', () => {
    const plan = planSite(shown);
    expect(plan).toEqual({ ...empty, contents: new Map() });
    expect(isInPlace(plan)).toBe(true);
  });

  test('everything in an empty bucket', () => {
    const plan = planSite({ wanted, listing: new Map(), ledger: emptyLedger, base: undefined });
    expect(plan).toMatchObject({ assets: ['a-1.js'], switches: ['index.html', 'logo.svg'], foreign: [] });
    expect([...plan.contents]).toEqual([
      ['page', 'index.html'],
      ['logo', 'logo.svg'],
    ]);
  });

  test.each<[string, Partial<Scene>, Partial<ReturnType<typeof planSite>>]>([
    ['an asset that is gone is put again', { listing: without(listing, 'a-1.js') }, { assets: ['a-1.js'] }],
    [
      'a page that somebody changed is put right',
      { listing: with_(listing, 'index.html', there('defaced')) },
      { switches: ['index.html'], changed: ['index.html'] },
    ],
    [
      'a header that is wanted otherwise is a change, also of an asset',
      { wanted: with_(wanted, 'a-1.js', { ...script, cacheControl: 'max-age=1' }) },
      { assets: ['a-1.js'] },
    ],
    [
      'a page that the release no longer has goes',
      { wanted: without(wanted, 'index.html') },
      { removals: ['index.html'], changed: ['index.html'] },
    ],
    ['an asset that it no longer has stays', { wanted: without(wanted, 'a-1.js') }, {}],
    ['a file without a hash stays, too', { wanted: without(wanted, 'logo.svg') }, {}],
    [
      'an asset of another content under the same name is a clash',
      { wanted: with_(wanted, 'a-1.js', file('asset', 'other')) },
      { assets: ['a-1.js'], clashing: ['a-1.js'] },
    ],
    [
      'a page of somebody else is written over, and named',
      { ledger: { ...ledger, objects: without(ledger.objects, 'index.html') } },
      { switches: ['index.html'], foreign: ['index.html'], changed: ['index.html'] },
    ],
    [
      'what a killed run was about to write counts as changed',
      { ledger: { ...ledger, objects: with_(ledger.objects, 'index.html', { ...known(page), etag: '' }) } },
      { switches: ['index.html'], changed: ['index.html'] },
    ],
  ])('%s', (_what, change, plan) => {
    expect(planSite({ ...shown, ...change })).toEqual({ ...empty, contents: new Map(), ...plan });
  });

  test('without its bytes a missing asset is gone, and so is a content that nobody kept', () => {
    const back = new Map([...wanted].map(([path, { md5: _, ...rest }]) => [path, rest] as const));
    const plan = planSite({
      wanted: back,
      listing: without(listing, 'a-1.js'),
      ledger: { ...ledger, contents: new Map([['page', null]]) },
      base,
    });
    expect(plan).toMatchObject({ assets: [], gone: ['a-1.js', 'logo.svg'] });
    expect(plan.contents.size).toBe(0);
  });

  test('S3 is asked of assets of others with the right bytes only', () => {
    const objects = without(ledger.objects, 'a-1.js');
    expect(uncertain({ ...shown, ledger: { ...ledger, objects } })).toEqual(['a-1.js']);
    expect(uncertain(shown)).toEqual([]);
    expect(planSite({ ...shown, ledger: { ...ledger, objects }, same: new Set(['a-1.js']) }).assets).toEqual([]);
  });
});

test('files come before pages, and the page of the root last of all', () => {
  const paths = ['about.html', 'index.html', 'logo.svg', 'docs/index.html'];
  const kinds = new Map(paths.map(path => [path, { kind: path.endsWith('html') ? 'document' : 'file' } as const]));
  expect(inOrder(kinds, paths)).toEqual([['logo.svg'], ['about.html', 'docs/index.html'], ['index.html']]);
});

describe('the books', () => {
  const change = (files: ReadonlyMap<string, WantedFile>, scene: Scene) => ({
    manifest: 'new',
    before: 'old',
    files,
    plan: planSite({ ...scene, wanted: files }),
    listing: scene.listing,
    etags: new Map([
      ['b-2.js', 'md5-b'],
      ['index.html', 'md5-next'],
    ]),
    found: [],
  });
  const next = new Map([
    ['index.html', file('document', 'next')],
    ['b-2.js', file('asset', 'b')],
  ]);

  test('before the pages: what is about to be written is not vouched for', () => {
    const { objects, contents, manifests } = bookBefore(ledger, change(next, shown));
    expect(objects.get('index.html')).toMatchObject({ content: 'next', etag: '' });
    expect(objects.get('b-2.js')).toMatchObject({ etag: 'md5-b' });
    expect(objects.get('a-1.js')).toEqual(known(script));
    expect([contents.get('next'), manifests.get('new'), manifests.get('old')]).toEqual([null, null, null]);
  });

  test('after the pages: what nothing refers to is left over from now on', () => {
    const it = change(next, shown);
    const { objects, contents, manifests } = bookAfter(bookBefore(ledger, it), it, 1000);
    expect(objects.get('index.html')).toMatchObject({ content: 'next', etag: 'md5-next' });
    expect([objects.get('a-1.js')?.since, objects.get('logo.svg')?.since, objects.get('b-2.js')?.since]).toEqual([
      1000,
      1000,
      undefined,
    ]);
    expect([contents.get('page'), contents.get('next'), manifests.get('old'), manifests.get('new')]).toEqual([
      1000,
      null,
      1000,
      null,
    ]);
  });

  test('what comes back is no longer left over', () => {
    const objects = with_(ledger.objects, 'a-1.js', known(script, 5));
    const it = change(wanted, { ...shown, ledger: { ...ledger, objects } });
    const after = bookAfter(bookBefore({ ...ledger, objects }, it), it, 1000);
    expect(after.objects.get('a-1.js')?.since).toBeUndefined();
  });

  test.each([
    [999, []],
    [1000, ['a-1.js']],
  ])('%i ms after the last reference: %j', (now, paths) => {
    const objects = with_(ledger.objects, 'a-1.js', known(script, 0));
    expect(leftovers({ ...ledger, objects }, listing, 1000, now).paths).toEqual(paths);
  });

  test('what somebody else has put in its place is theirs, and no longer in the books', () => {
    const objects = with_(ledger.objects, 'a-1.js', known(script, 0));
    const old = leftovers({ ...ledger, objects }, with_(listing, 'a-1.js', there('theirs')), 1, 1000);
    expect([old.paths, old.ledger.objects.has('a-1.js')]).toEqual([[], false]);
  });
});

describe('records', () => {
  test('a manifest is what its digest says, and nothing else', () => {
    const digest = digestOf(base);
    expect(readManifest(writeManifest(base), digest)).toEqual(new Map([...base].sort()));
    expect(readManifest(writeManifest(without(base, 'logo.svg')), digest)).toBeUndefined();
    expect(readManifest(Buffer.from('{"schema":2,"files":[]}'), digest)).toBeUndefined();
    expect(readManifest(Buffer.from('not JSON'), digest)).toBeUndefined();
  });

  test('the digest does not depend on the order, but on headers', () => {
    expect(digestOf(new Map([...base].reverse()))).toBe(digestOf(base));
    expect(digestOf(with_(base, 'a-1.js', { ...script, cacheControl: 'no-store' }))).not.toBe(digestOf(base));
  });

  test('ledger and state come back as they were, others are not read', () => {
    expect(readLedger(writeLedger(ledger))).toEqual(ledger);
    expect(readLedger(Buffer.from('{"schema":7}'))).toBeUndefined();
    const state = { generation: 3, current: 'a', pending: { manifest: 'b', before: 'a', by: '1-1 #3' } };
    expect(readState(writeState(state))).toEqual(state);
    expect(readState(Buffer.from('{"schema":9,"generation":1,"current":null,"pending":null}'))).toBeUndefined();
  });
});
