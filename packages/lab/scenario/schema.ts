import * as z from 'zod/mini';
import { application, type behaviour } from './schema/behaviour.ts';
import type { expectation } from './schema/expectation.ts';
import { outside, tools } from './schema/outside.ts';
import { step } from './schema/step.ts';
import { described, duration, form, text } from './schema/words.ts';
import { aws, otherRepository, repository, type service } from './schema/world.ts';

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What a scenario file may say. Every key is described: `schema/scenario.schema.json` is made from here. */
export const scenario = z.strictObject({
  name: text('What the scenario shows, as a sentence.'),
  extends: z.optional(text('A file, relative to this one, whose keys hold where this file has none.')),
  beats: z.optional(described(z.array(z.string()), 'Issues of other tools whose pain this shows to be gone.')),
  start: described(
    z.string().check(form(isoTime, 'is not a time such as 2026-11-17T00:00:00Z')),
    'Lab time at the beginning, ISO 8601, with its offset.',
  ),
  patience: z.optional(duration('Wall time after which it is given up; two minutes unless said.')),
  people: described(z.array(z.string()), 'Logins.'),
  repository,
  elsewhere: z.optional(
    described(
      z.array(otherRepository),
      'Other repositories. `{{commit owner/name}}` anywhere in the scenario is the commit of one, `{{token elsewhere}}` a token that reads them.',
    ),
  ),
  applications: z.record(z.string(), application),
  aws,
  tools: z.optional(tools),
  outside: z.optional(outside),
  steps: z.array(step),
});

/** Where scenarios begin: a file that they extend, or a scenario whose story does not matter. */
export const world = z.strictObject({
  ...scenario.shape,
  name: z.optional(scenario.shape.name),
  steps: z.optional(scenario.shape.steps),
});

export type World = z.output<typeof world>;
export type Scenario = z.output<typeof scenario>;
export type Step = z.output<typeof step>;
export type Expectation = z.output<typeof expectation>;
export type Behaviour = z.output<typeof behaviour>;
export type ServiceSpec = z.output<typeof service>;
