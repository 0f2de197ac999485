import { parseDuration } from '../../duration.ts';
import { inOrder } from '../../journal/audit.ts';
import { asList } from '../fields.ts';
import type { Path } from '../problem.ts';
import { isRecord, type RawRecord } from '../raw.ts';

/** A value of the repository that would loosen the policy. */
export interface Loosening {
  readonly path: Path;
  readonly message: string;
  /** The part of the policy that it meets. */
  readonly asked: Path;
}

export interface Tightened {
  /** What holds: everything that the policy asks for, and what the repository asks for besides. */
  readonly value: unknown;
  readonly loosened: readonly Loosening[];
}

/** Holds a value of the repository against that of the policy; both as the files write them, and both there. */
export type Tighten = (asked: unknown, own: unknown, at: Path) => Tightened;

/** What cannot be compared has to be the same. */
export const same: Tighten = (asked, own, at) =>
  inOrder(asked) === inOrder(own) ? held(own) : looser(own, at, `has to be ${words(asked)}, as the policy says`);

/** Demands: those of both hold. */
export const more: Tighten = (asked, own) => {
  const entries = asList<unknown>(own);
  return held([...entries, ...missing(entries, asked)]);
};

/** Permissions: the repository gives no more of them than the policy. */
export const fewer: Tighten = (asked, own, at) => {
  const others = missing(asList<unknown>(asked), own);
  if (others.length === 0) return held(own);
  return looser(own, at, `allows ${others.map(words).join(', ')}, and the policy only ${words(asked)}`);
};

export const atLeast: Tighten = (asked, own, at) =>
  measure(own) >= measure(asked) ? held(own) : looser(own, at, `is less than the ${words(asked)} of the policy`);

export const atMost: Tighten = (asked, own, at) =>
  measure(own) <= measure(asked) ? held(own) : looser(own, at, `is more than the ${words(asked)} of the policy`);

/** `true`, or names: names add up, and `true` stands by itself. */
export const namesOrAll: Tighten = (asked, own, at) =>
  typeof asked === 'boolean' || typeof own === 'boolean' ? same(asked, own, at) : more(asked, own, at);

/** Values in the order of how strict they are, the strictest last. */
export function byRank(...ranks: readonly string[]): Tighten {
  return (asked, own, at) =>
    ranks.indexOf(String(own)) >= ranks.indexOf(String(asked)) ? held(own) : same(asked, own, at);
}

export interface Part {
  readonly tighten: Tighten;
  /** Of a permission: where the policy says this, leaving the permission out means that there is none. */
  readonly impliedBy?: string;
}

/** A mapping, part by part. What is not in the table has to be the same. `whole`: short forms written out. */
export function parts(
  table: Readonly<Record<string, Part>>,
  whole: (value: unknown) => unknown = each => each,
): Tighten {
  return (asked, own, at) => {
    const [ofPolicy, ofOwn] = [whole(asked), whole(own)];
    if (!isRecord(ofPolicy) || !isRecord(ofOwn)) return same(asked, own, at);
    const keys = [...new Set([...Object.keys(ofPolicy), ...Object.keys(ofOwn)])];
    const tightened = keys.map(
      key => [key, tightenPart(table[key], key, { asked: ofPolicy, own: ofOwn, at })] as const,
    );
    return {
      value: Object.fromEntries(tightened.map(([key, { value }]) => [key, value])),
      loosened: tightened.flatMap(([, { loosened }]) => loosened),
    };
  };
}

interface Pair {
  readonly asked: RawRecord;
  readonly own: RawRecord;
  readonly at: Path;
}

function tightenPart(
  { tighten, impliedBy }: Part = { tighten: same },
  key: string,
  { asked, own, at }: Pair,
): Tightened {
  if (!Object.hasOwn(own, key)) return held(asked[key]);
  if (Object.hasOwn(asked, key)) return tighten(asked[key], own[key], [...at, key]);
  if (impliedBy === undefined || !Object.hasOwn(asked, impliedBy)) return held(own[key]);
  const message = `loosens \`${impliedBy}\` of the policy, which says nothing of \`${key}\``;
  return { value: own[key], loosened: [{ path: [...at, key], message, asked: [...at, impliedBy] }] };
}

function held(value: unknown): Tightened {
  return { value, loosened: [] };
}

function looser(value: unknown, path: Path, message: string): Tightened {
  return { value, loosened: [{ path, message, asked: path }] };
}

function missing(from: readonly unknown[], entries: unknown): readonly unknown[] {
  const known = new Set(from.map(inOrder));
  return asList<unknown>(entries).filter(entry => !known.has(inOrder(entry)));
}

/** Milliseconds of a duration, or a number; what is neither is told by the schema. */
function measure(value: unknown): number {
  if (typeof value !== 'string') return Number(value);
  const reading = parseDuration(value);
  return reading.ok ? reading.milliseconds : Number.NaN;
}

function words(value: unknown): string {
  return asList<unknown>(value)
    .map(each => `\`${typeof each === 'string' ? each : inOrder(each)}\``)
    .join(', ');
}
