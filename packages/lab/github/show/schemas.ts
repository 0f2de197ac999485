/** GitHub's own names for what it answers, as types; the answers are held to the description at run time as well. */
import type { components } from '@octokit/openapi-types';

export type Schemas = components['schemas'];

export function time(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('.000Z', 'Z')
    .replace(/\.\d+Z$/, 'Z');
}

export function optionalTime(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : time(at);
}

/** GraphQL's global id: opaque to clients, and readable back by the lab. */
export function nodeId(prefix: string, ...ids: readonly (number | string)[]): string {
  return `${prefix}_${Buffer.from(ids.join(':')).toString('base64url')}`;
}

export function readNodeId(node: string): { readonly prefix: string; readonly ids: readonly string[] } {
  const underscore = node.indexOf('_');
  return {
    prefix: node.slice(0, underscore),
    ids: Buffer.from(node.slice(underscore + 1), 'base64url')
      .toString()
      .split(':'),
  };
}
