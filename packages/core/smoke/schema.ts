import * as z from 'zod/mini';
import {
  choice,
  documented,
  duration,
  list,
  oneOrMany,
  parsed,
  type Reading,
  text,
  wholeNumber,
} from '../flow/fields.ts';
import { readPointer } from './pointer.ts';
import { METHODS } from './smoke-file.ts';

const status = (description: string) =>
  oneOrMany(wholeNumber(100, 599, 'A status code.'), description, { default: 200 });

const requestPath = () =>
  parsed(readRequestPath, 'The path below `base-url`, with its query.', { pattern: '^[/{]', examples: ['/health'] });

const headers = (description: string) =>
  documented(z.record(z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/)), z.string()), description);

export const readyKeys = {
  path: requestPath(),
  status: z.optional(status('The status that means ready, or several of them.')),
  within: z.optional(duration('How long it may take to become ready.', { default: '2m' })),
  every: z.optional(duration('The pause between two tries.', { default: '2s' })),
} as const;

export const versionKeys = {
  path: requestPath(),
  json: z.optional(
    parsed(readPointer, "Where the version stands in the answer's JSON, as a JSON Pointer.", {
      pattern: '^/',
      examples: ['/version'],
    }),
  ),
  header: z.optional(text('The header of the answer that holds the version.', { examples: ['x-app-version'] })),
} as const;

export const requestKeys = {
  method: z.optional(choice(METHODS, 'The method.', { default: 'GET' })),
  path: requestPath(),
  headers: z.optional(headers('Headers to send.')),
  json: z.optional(documented(z.unknown(), 'The body, sent as JSON.')),
  body: z.optional(documented(z.string(), 'The body, sent as it stands here.')),
  timeout: z.optional(duration('How long this request may take.')),
  'follow-redirects': z.optional(
    documented(z.boolean(), 'Follow redirects, five at most. Headers of this file are not sent to another origin.', {
      default: false,
    }),
  ),
} as const;

export const expectKeys = {
  status: z.optional(status('The status to come, or several of which one must come.')),
  headers: z.optional(
    headers('Headers that must come, by name; a value that ends in * is the beginning of what must come.'),
  ),
  json: z.optional(
    documented(
      z.unknown(),
      "What the answer's JSON must contain: objects may have more members; lists must have the same entries in the same order.",
    ),
  ),
  'json-at': z.optional(
    documented(
      z.record(z.string(), z.unknown()),
      "What must stand at places of the answer's JSON, by JSON Pointer; as in `json`.",
      { examples: [{ '/items/0/name': 'desk' }] },
    ),
  ),
  'body-contains': z.optional(oneOrMany(text('Text.'), 'Text that the body must contain, exactly as it stands here.')),
  within: z.optional(duration('The longest time to the end of the answer.', { examples: ['500ms'] })),
} as const;

export const stepKeys = {
  name: text('What this step proves, in a few words; the reports call it so.'),
  request: documented(z.strictObject(requestKeys), 'What is asked.'),
  expect: z.optional(documented(z.strictObject(expectKeys), 'What must come. Without it: status 200.')),
} as const;

export const smokeKeys = {
  'base-url': z.optional(
    parsed(readBaseUrl, 'Where the endpoint is; otherwise the `url` of the environment.', {
      pattern: '^(https?://|\\{)',
      examples: ['https://api.{env}.example.com'],
    }),
  ),
  timeout: z.optional(duration('How long a request may take.', { default: '10s' })),
  ready: z.optional(
    documented(z.strictObject(readyKeys), 'What is asked again and again before anything else, until it answers.'),
  ),
  version: z.optional(
    documented(
      z.strictObject(versionKeys),
      'Where the endpoint says which version it is. Asked before the steps; another version than the released one fails.',
    ),
  ),
  steps: list(
    documented(z.strictObject(stepKeys), 'One request and what must come back.'),
    'The steps, in their order.',
  ),
} as const;

export const smokeFile = documented(
  z.strictObject(smokeKeys),
  'Smoke tests. {env}, {version}, {sha}, {vars.NAME} and {secrets.NAME} are filled in; braces are written {{ and }}.',
);

export type SmokeValues = z.output<typeof smokeFile>;

function readRequestPath(written: string): Reading<string> {
  if (/^(\/(?!\/)|\{)\S*$/.test(written)) return { ok: true, value: written };
  if (/^https?:/.test(written)) {
    return { ok: false, message: 'is a whole URL', hint: 'write the path; `base-url` says where' };
  }
  return { ok: false, message: `\`${written}\` is not a path`, hint: 'it begins with one / and has no spaces' };
}

export function readBaseUrl(written: string): Reading<string> {
  if (/^(https?:\/\/[^\s/?#@]+|\{)[^\s?#@]*$/.test(written)) return { ok: true, value: written };
  if (written.includes('@')) {
    return { ok: false, message: 'holds a user or a password', hint: 'send them in `headers`, from {secrets.NAME}' };
  }
  return { ok: false, message: 'is not the URL of an endpoint', hint: 'it begins with https:// and has no ? or #' };
}
