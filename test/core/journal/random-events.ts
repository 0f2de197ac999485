import type { Happening, JournalEvent } from '#core/journal/event';
import { outcomes } from '#core/outcome';
import { at, lockOf, passed, release, run, snapshot } from '../fixture.ts';

/** A seeded generator of numbers in [0, 1) (mulberry32): the same seed is the same journal. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Words as people and error messages write them, nastiest first. */
const words = [
  'a | b',
  'back\\slash\\',
  'two\nlines',
  'cr\ralone',
  '\r\n| --- |',
  '# head',
  '`tick',
  '',
  '<b>',
  'plain',
];

/** Any event in any order: also orders that no honest run writes. */
export function randomEvents(seed: number, length: number): readonly JournalEvent[] {
  const random = seeded(seed);
  const pick = <T>(items: readonly [T, ...T[]] | readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const version = () => release(pick(['1.0.0', '1.1.0', '1.2.0', 'constructor']));
  const component = () => pick(['api', 'web', '__proto__', 'toString']);
  const perhaps = () => (random() < 0.3 ? null : snapshot(pick(words)));
  const hold = () => ({ id: pick(['h1', 'h2']), environment: 'prod', reason: pick(words), owner: 'ann', since: at(0) });
  const makers = {
    planned: () => ({
      type: 'planned',
      release: version(),
      artifacts: { [component()]: { image: pick(words) } },
      planDigest: 'd',
    }),
    judged: () => ({
      type: 'judged',
      release: version(),
      stage: 'plan',
      verdict: 'pass',
      reason: 'all-rules-pass',
      rules: [passed],
      facts: {},
    }),
    parked: () => ({
      type: 'parked',
      release: version(),
      reason: pick(words),
      missing: [pick(words)],
      request: { ref: pick(words), originators: [pick(words)], components: [component()], subject: 'd' },
      artifacts: {},
    }),
    dropped: () => ({ type: 'dropped', release: version(), reason: 'held', note: pick(words) }),
    approved: () => ({
      type: 'approved',
      release: version(),
      approvals: [{ login: pick(words), at: at(0), source: 'operation' }],
      reviews: 1,
      ...(pick([true, false]) ? { subject: 'd' } : {}),
    }),
    rejected: () => ({
      type: 'rejected',
      release: version(),
      login: pick(words),
      source: 'operation',
      comment: pick(words),
    }),
    'broke-glass': () => ({
      type: 'broke-glass',
      release: version(),
      rules: [pick(words)],
      reason: pick(words),
      incident: pick(words),
      due: at(60),
    }),
    'review-opened': () => ({ type: 'review-opened', release: version(), issue: 7, url: 'https://example.com' }),
    locked: () => ({ type: 'locked', lock: { ...lockOf(pick([1, 2])), reason: pick(words) } }),
    unlocked: () => ({ type: 'unlocked', note: pick(words) }),
    started: () => ({ type: 'started', release: version(), components: [component()] }),
    receipt: () => ({
      type: 'receipt',
      release: version(),
      receipt: { component: component(), before: perhaps(), after: perhaps() },
      outcome: pick(outcomes),
    }),
    'part-ended': () => ({
      type: 'part-ended',
      release: version(),
      part: pick(['1/2', '2/2', '__proto__']),
      outcome: pick(outcomes),
      reason: 'deployed',
      message: pick(words),
      evidence: {},
    }),
    checked: () => ({ type: 'checked', release: version(), check: pick(['smoke', 'watch'] as const), rules: [passed] }),
    verified: () => ({ type: 'verified', release: version(), checks: [passed] }),
    failed: () => ({
      type: 'failed',
      release: version(),
      outcome: 'failed',
      reason: 'held',
      message: pick(words),
      evidence: {},
    }),
    'rolled-back': () => ({
      type: 'rolled-back',
      from: version(),
      to: version(),
      reason: pick(words),
      snapshots: { api: snapshot('x') },
      ...(pick([true, false]) ? { components: ['api'] } : {}),
    }),
    held: () => ({ type: 'held', hold: hold() }),
    resumed: () => ({ type: 'resumed', hold: hold(), reason: pick(words) }),
    published: () => ({
      type: 'published',
      release: version(),
      version: pick(words),
      tag: pick(words),
      ...(pick([true, false]) ? { url: pick(words) } : {}),
    }),
  } satisfies { [T in Happening['type']]: () => Extract<Happening, { type: T }> };
  return Array.from({ length }, (_, index) => ({
    schema: 1,
    id: `${seed}-${index}`,
    at: at(index),
    run: run(pick([1, 2, 3])),
    ...pick<() => Happening>(Object.values(makers))(),
  }));
}
