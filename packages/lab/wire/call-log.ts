import type { Member, Structure } from './schema.ts';
import { isRecord } from './strict.ts';

/** One request that reached the lab, for expectations like "made", "not made", "a minute". */
export interface CallRecord {
  /** Lab time of the arrival, epoch ms. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  /** Empty when the caller could not be told: an unsigned request, an unknown key. */
  readonly account: string;
  readonly region: string;
  readonly principal: string;
  /** As the behaviour saw it, secrets hidden; undefined when the call was refused before it was read. */
  readonly input: unknown;
  /** `ok`, `reset-before`, `reset-after`, or the error's code. */
  readonly outcome: string;
}

/** A copy of an input with the members that the model marks as sensitive hidden. */
export function hideSecrets(shape: Structure, value: unknown): unknown {
  return hide({ name: shape.name, shape, traits: {} }, value);
}

function hide(member: Member, value: unknown): unknown {
  if (member.traits.sensitive === 1) return '***';
  const { shape } = member;
  switch (shape.kind) {
    case 'structure':
      return isRecord(value) ? hideMembers(shape, value) : value;
    case 'list':
      return Array.isArray(value) ? value.map((each: unknown) => hide(shape.member, each)) : value;
    case 'map':
      if (!isRecord(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hide(shape.value, each)]));
    default:
      return value;
  }
}

function hideMembers(shape: Structure, value: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const member = shape.members.get(name);
      return [name, member === undefined ? each : hide(member, each)];
    }),
  );
}
