import type { Reading } from './fields.ts';

/** Readers of the names that AWS and GitHub give. */

/** CloudWatch alarms by name, or by the beginning of their names. */
export type AlarmSelector = { readonly name: string } | { readonly prefix: string };

export function readAlarm(text: string): Reading<AlarmSelector> {
  const star = text.indexOf('*');
  if (text.trim() === '' || text === '*') {
    return { ok: false, message: 'does not name an alarm', hint: 'write its name, or the beginning of it and a *' };
  }
  if (star === -1) return { ok: true, value: { name: text } };
  if (star === text.length - 1) return { ok: true, value: { prefix: text.slice(0, -1) } };
  return { ok: false, message: 'a * stands at the end only', offset: star };
}

/** A stage of a REST API of API Gateway, as its metrics name them. */
export interface ApiStage {
  readonly api: string;
  readonly stage: string;
}

/** `shop-api/prod`; names of APIs may have slashes themselves, those of stages may not. */
export function readApiStage(text: string): Reading<ApiStage> {
  const { api, stage } = /^(?<api>.+)\/(?<stage>[A-Za-z0-9_-]+)$/.exec(text)?.groups ?? {};
  if (api !== undefined && stage !== undefined) return { ok: true, value: { api, stage } };
  const hint = 'write the name of the API and of its stage, as in shop-api/prod';
  return { ok: false, message: `\`${text}\` is not the stage of an API`, hint };
}

/** A Lambda function, as a whole or as one alias sees it. */
export interface FunctionAlias {
  readonly name: string;
  readonly alias?: string;
}

/** `shop-api` or `shop-api:live`. */
export function readFunction(text: string): Reading<FunctionAlias> {
  const { name, alias } = /^(?<name>[A-Za-z0-9_-]+)(?::(?<alias>[A-Za-z0-9_-]+))?$/.exec(text)?.groups ?? {};
  if (name !== undefined) return { ok: true, value: alias === undefined ? { name } : { name, alias } };
  const hint = 'write its name, or its name and its alias as in shop-api:live';
  return { ok: false, message: `\`${text}\` is not a function`, hint };
}

/** GitHub's rule for logins; roles of the file follow it too, so one word can be either. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/;
const TEAM = /^@[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;

export function readApprover(text: string): Reading<string> {
  if (LOGIN.test(text) || TEAM.test(text)) return { ok: true, value: text };
  if (text.startsWith('@') && LOGIN.test(text.slice(1))) {
    return { ok: false, message: `\`${text}\` is written without the @`, hint: `write ${text.slice(1)}` };
  }
  return { ok: false, message: `\`${text}\` is not a login`, hint: 'write a role, a login, or a team as @org/team' };
}

/** An account never has fewer than 12 digits; the partition differs in China and for governments. */
export function readRole(text: string): Reading<string> {
  if (/^arn:aws(-[a-z-]+)?:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text)) return { ok: true, value: text };
  const hint = 'it reads like arn:aws:iam::111111111111:role/release';
  return { ok: false, message: `\`${text}\` is not the ARN of a role`, hint };
}

export function readRegion(text: string): Reading<string> {
  if (/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(text)) return { ok: true, value: text };
  const zone = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)[a-z]$/.exec(text)?.[1];
  const hint = zone === undefined ? 'it reads like ap-southeast-2' : `this is a zone of ${zone}`;
  return { ok: false, message: `\`${text}\` is not a region`, hint };
}
