import type { WaitRecord } from '../../runner/records.ts';
import { span } from '../time.ts';

/** `approved by olga after 34 min` */
export function waitText(wait: WaitRecord): string {
  const took = span(wait.from, wait.until);
  if (took === undefined) return `waiting for ${wait.detail}`;
  const ended = wait.ended?.replace(/^entered by /, 'approved by ').replace(/^entered$/, 'let in');
  if (wait.for === 'environment') return `${ended ?? 'let in'} after ${took}`;
  return `waited ${took} for ${wait.detail}${ended === undefined ? '' : ` (${ended})`}`;
}
