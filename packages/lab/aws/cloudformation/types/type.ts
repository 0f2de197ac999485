import type { Json } from '../template/parse.ts';

/** What the engine has to know of a resource type. */
export interface ResourceType {
  /** Properties whose change makes a new physical resource (“Update requires: Replacement” on the page of the type). */
  readonly replaces: readonly string[];
  /** Properties that change in place (“No interruption”, “Some interruptions”). Any other property is not modelled. */
  readonly updates: readonly string[];
  /** Properties without which the handler refuses to create it. */
  readonly required?: readonly string[];
  /** The property that gives it its name; without it CloudFormation makes one up. */
  readonly name?: string;
  /** Physical id, which is what `Ref` answers, from its name. The name itself unless said. */
  readonly physicalId?: (name: string, place: TypePlace, properties: Json) => string;
  readonly attributes?: (physicalId: string, place: TypePlace, properties: Json) => Readonly<Record<string, unknown>>;
  /** Which capability it asks for, from IAM’s pages. */
  readonly capability?: 'CAPABILITY_IAM';
  /** Lab time in ms. */
  readonly takes?: { readonly create?: number; readonly update?: number; readonly delete?: number };
}

export interface TypePlace {
  readonly account: string;
  readonly region: string;
  /** A number that no other resource of the world has. */
  readonly serial: number;
}

/** What is not said otherwise takes so long, in ms. The orders of magnitude are those that people see. */
export const usualTakes = { create: 15_000, update: 10_000, delete: 8_000 } as const;

export function hex(serial: number, length: number): string {
  return (serial * 2_654_435_761).toString(16).padStart(length, '0').slice(-length);
}

export function uuid(serial: number, kind: string): string {
  return `${serial.toString(16).padStart(8, '0')}-${kind.padStart(4, '0')}-11f0-8000-0a1b2c3d4e5f`;
}
