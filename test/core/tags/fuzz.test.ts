import { expect, test } from '@jest/globals';
import type { Lenient } from '#core/flow/gates/checks';
import { readTagPolicy } from '#core/flow/tag-policy';
import { type EnvironmentState, emptyState, type HistoryEntry } from '#core/journal/state';
import type { Release } from '#core/release';
import { judgeChecks } from '#core/tags/checks';
import { judgeLine } from '#core/tags/line';
import { judgeMoved } from '#core/tags/moved';
import { judgeBranch, type WhereAbouts } from '#core/tags/on-branch';
import { judgePackage } from '#core/tags/package-version';
import { judgeAnnotated, judgeSignature } from '#core/tags/tag-object';
import { judge, type RuleVerdict } from '#core/verdict';
import { environmentFor } from '#core/version/environment-for';
import { parseRefPattern } from '#core/version/pattern';
import { destinationRule } from '../../../actions/validate-tag/destination-rule.ts';
import { releaseOf } from '../../../actions/validate-tag/release-of.ts';
import { run } from '../fixture.ts';
import { seeded } from '../seeded.ts';
import { naiveVerdict, type World } from './naive.ts';

type Random = (below: number) => number;

const pick = <T>(random: Random, values: readonly [T, ...T[]]): T => values[random(values.length)] ?? values[0];
const some = <T>(random: Random, most: number, make: () => T): readonly T[] =>
  Array.from({ length: random(most + 1) }, make);
const often = (random: Random): boolean => random(4) > 0;

const PATTERNS = ['vX.Y.Z', 'vX.Y.Z-stage', 'vX.Y.Z-rc.N', 'api-vX.Y.Z', 'api-vX.Y.Z-rc.N', 'main'] as const;
const PREFIXES = ['', '', '', '', 'api-', 'web-', 'V', 'release-', 'a-v1-'] as const;
const NUMBERS = ['0', '1', '2', '3', '10', '01', '9007199254740991', '9007199254740992', '', 'x'] as const;
const PRERELEASES = [
  '',
  '',
  '',
  '-stage',
  '-rc.1',
  '-rc.2',
  '-rc.10',
  '-rc.01',
  '-rc1',
  '-rc',
  '-beta.1',
  '-1',
  '-',
] as const;
const NOISE = ['+build', ' ', '.', '-', 'v', 'é', '\n', '0', 'rc.2', '\u0000', '/', 'x'.repeat(130)] as const;
const REASONS = [
  ...(['valid', 'valid', 'valid', 'unsigned', 'expired_key', 'unknown_key', 'bad_cert', 'invalid'] as const),
  ...(['gpgverify_unavailable', 'ocsp_error', 'unverified_email', 'of tomorrow'] as const),
] as const;
const ENDS = ['success', 'success', 'failure', 'skipped', 'neutral', 'cancelled', 'running', 'running'] as const;

const ended = (end: (typeof ENDS)[number]) => (end === 'running' ? undefined : end);

const REFS = new Map(PATTERNS.map(pattern => [pattern as string, parseRefPattern(pattern)]));

/** Mostly what is nearly right: noise alone would never get past the grammar. */
function tagText(random: Random): string {
  const part = () => (often(random) ? String(random(4)) : pick(random, NUMBERS));
  const text = `${pick(random, PREFIXES)}v${part()}.${part()}.${part()}${pick(random, PRERELEASES)}`;
  if (random(12) > 0) return text;
  const at = random(text.length + 1);
  return text.slice(0, at) + pick(random, NOISE) + text.slice(at + random(2));
}

/** One third of them lacks little: where everything is wrong nothing would ever be waited for. */
function worldOf(dice: Random): World {
  const calm = dice(3) === 0;
  const random: Random = below => (calm && dice(12) > 0 ? (below > 2 ? 1 : 0) : dice(below));
  const near = () => `v1.${dice(3)}.${dice(3)}${pick(dice, ['', '', '-rc.1', '-rc.2', '-stage'])}`;
  const tag = calm ? near() : tagText(dice);
  const others = some(dice, calm ? 2 : 5, () => (calm ? near() : tagText(dice)));
  const sha = pick(random, ['abc', 'abc', 'def']);
  const patterns = PATTERNS.filter(() => often(dice));
  return {
    tag,
    sha,
    environments: patterns.map((pattern, index) => ({ name: `e${index}`, from: [pattern] })),
    tags: random(9) === 0 ? others : [...others, tag],
    released: some(random, 2, () => ({
      tag: often(random) ? (others[0] ?? 'v0.0.1') : tag,
      sha: pick(random, ['abc', 'def']),
    })),
    wants: { annotated: random(2) === 0, signed: random(2) === 0, hotfixes: random(2) === 0 },
    hotfixFromBranch: random(3) === 0,
    annotated: often(random),
    signature: { verified: often(random), reason: pick(random, REASONS) },
    where: pick(random, ['branch', 'branch', 'branch', 'hotfix', 'nowhere']),
    deployed: often(random),
    containsDeployed: often(random),
    strays: !often(random),
    required: ['build', 'lint'].slice(0, random(3)),
    allow: ['skipped', 'neutral'].filter(() => random(3) === 0),
    checks: some(random, 5, () => ({
      name: pick(random, ['build', 'build', 'lint', 'other']),
      kind: pick(random, ['check', 'check', 'status']),
      end: ended(pick(random, ENDS)),
    })),
    package: random(2) === 0 ? undefined : pick(random, [`1.${dice(3)}.${dice(3)}`, '1.2.0', '1.0.0-rc.1', '']),
  };
}

function coreRules(world: World): readonly RuleVerdict[] {
  const ref = `refs/tags/${world.tag}`;
  const environments = Object.fromEntries(
    world.environments.map(({ name, from }) => [
      name,
      { from: from.map(text => REFS.get(text)).flatMap(pattern => (pattern?.ok ? [pattern.value] : [])) },
    ]),
  );
  const destination = environmentFor({ environments }, ref);
  const first = destinationRule(ref, destination);
  if (!destination.ok || destination.tag === undefined || destination.pattern.kind !== 'tag') return [first];
  const { tag, pattern } = destination;
  const release = releaseOf(destination, { sha: world.sha, tree: world.sha, message: '' }, { components: {} });
  const policy = { ...readTagPolicy(undefined), hotfixFrom: world.hotfixFromBranch ? 'branch' : undefined };
  const { annotated, signature, package: text } = world;
  const verification = annotated ? { ...signature, signature: null } : undefined;
  const checks = world.checks.map(({ name, kind, end }, id) => ({
    ...{ name, id, conclusion: end, url: '' },
    kind: kind === 'check' ? ('check' as const) : ('status' as const),
  }));
  const allow = world.allow as readonly Lenient[];
  const file = { path: 'package.json', text: text === '' ? '{}' : JSON.stringify({ version: text }) };
  return [
    first,
    judgeMoved(release, stateOf(world)),
    ...(world.wants.annotated ? [judgeAnnotated(tag.tag, annotated)] : []),
    ...(world.wants.signed ? [judgeSignature(tag.tag, verification)] : []),
    ...judgeLine({ tag, pattern }, world.tags),
    judgeBranch(release, policy, whereOf(world, release)),
    ...(text === undefined ? [] : [judgePackage(release, tag.core, file)]),
    ...judgeChecks({ names: world.required, allow }, world.sha, checks),
  ];
}

const someRun = run(1);

function stateOf({ released }: World): EnvironmentState {
  const history = released.map(({ tag, sha }): HistoryEntry => {
    const release = { version: tag.slice(1), tag, sha, tree: sha };
    return { release, result: 'failed', at: '2026-11-02T12:00:00Z', run: someRun };
  });
  return { ...emptyState('prod'), history };
}

function whereOf(world: World, release: Release): WhereAbouts {
  if (world.where === 'branch') return { allowed: '`main`', on: 'main' };
  if (!world.wants.hotfixes) return { allowed: '`main`' };
  if (world.where === 'nowhere') return { allowed: '`main`', hotfix: {} };
  const deployed = { environment: 'prod', release: world.deployed ? release : null };
  const stray = world.strays ? { stray: { branch: 'main', sha: 'stray' } } : {};
  const { containsDeployed } = world;
  return { allowed: '`main`', hotfix: { on: 'hotfix/a', deployed, containsDeployed, ...stray } };
}

test('100,000 tags and configurations: no error, and the verdict of somebody who never saw the rules', () => {
  const random = seeded(20_261_128);
  const seen = new Map<string, number>();
  for (let round = 0; round < 100_000; round++) {
    const world = worldOf(random);
    const rules = coreRules(world);
    const found = rules.map(({ verdict, reason }) => `${verdict} ${reason}`).toSorted();
    const expected = naiveVerdict(world);
    const together = judge(rules).verdict;
    if (found.join() !== expected.rules.join() || together !== expected.together) {
      throw new Error(`round ${round}: ${JSON.stringify({ world, found, together, expected }, null, 2)}`);
    }
    if (rules.some(({ verdict, next, reason }) => verdict !== 'pass' && next === undefined && !general.has(reason))) {
      throw new Error(`round ${round}: nothing says what unblocks ${world.tag}`);
    }
    for (const each of [together, ...found]) seen.set(each, (seen.get(each) ?? 0) + 1);
  }
  // Every end has been there often: otherwise nothing was tested.
  for (const each of everything) expect([each, (seen.get(each) ?? 0) > 100]).toEqual([each, true]);
  // A few seconds; on a busy machine many.
}, 240_000);

/** Those for which the registry of reasons says all that can be said. */
const general = new Set(['tag-malformed', 'ref-not-released', 'prerelease-not-deployed']);

const everything = [
  ...[
    'pass',
    'wait',
    'inconclusive',
    'fail',
    'fail tag-malformed',
    'fail ref-not-released',
    'fail prerelease-not-deployed',
  ],
  ...['pass tag-unmoved', 'fail tag-moved', 'pass tag-annotated', 'fail tag-lightweight', 'pass tag-signed'],
  ...['fail tag-unsigned', 'fail tag-unverified', 'fail tag-key-expired', 'inconclusive tag-signature-unchecked'],
  ...['pass version-greater', 'fail version-not-greater', 'pass candidate-in-order', 'fail candidate-out-of-order'],
  ...['fail candidate-after-final', 'pass on-branch', 'fail not-on-branch', 'pass on-hotfix-branch'],
  ...[
    'fail hotfix-base-wrong',
    'pass package-version-same',
    'fail package-version-differs',
    'fail package-version-missing',
  ],
  ...['pass check-passed', 'wait check-running', 'fail check-failed', 'fail check-inconclusive', 'fail check-missing'],
];
