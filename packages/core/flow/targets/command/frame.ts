import * as z from 'zod/mini';
import { documented, duration, list, parsed, path, type Reading } from '../../fields.ts';
import type { CommonComponent } from '../target.ts';

/** The tools that a command component may name: each is a file beside this one. */
export const commandTools = ['script', 'terraform', 'opentofu', 'pulumi', 'sam'] as const;

export type CommandTool = (typeof commandTools)[number];

/** What every tool is run with. */
export interface CommandFrame extends CommonComponent {
  readonly target: 'command';
  /** Working directory, from the top of the repository. */
  readonly folder: string;
  /** Variables that the commands get besides the few that every tool needs. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of variables of the job that are handed on. */
  readonly passEnv: readonly string[];
  /** The same for values that nobody may read: they are kept out of everything that is shown or written down. */
  readonly secretEnv: readonly string[];
  /** Milliseconds that one command may take; the component’s whole time when absent. */
  readonly stepTimeout?: number | undefined;
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

const variable = (description: string) => parsed(readVariable, description, { pattern: VARIABLE.source });

export const frameKeys = {
  folder: z.optional(
    path('The folder that the commands run in, from the top of the repository.', {
      examples: ['terraform'],
      default: '.',
    }),
  ),
  env: z.optional(
    documented(
      z.record(z.string().check(z.regex(VARIABLE)), z.string()),
      'Variables for the commands. Nothing secret: they are kept with the receipt.',
      { examples: [{ TF_VAR_environment: '{env}' }] },
    ),
  ),
  'pass-env': z.optional(
    list(variable('The name of a variable.'), 'Variables of the job that the commands get as well.', {
      examples: [['IMAGE_TAG']],
    }),
  ),
  'secret-env': z.optional(
    list(
      variable('The name of a variable.'),
      'Variables of the job that the commands get, and whose values are hidden wherever they turn up.',
      { examples: [['TF_VAR_database_password']] },
    ),
  ),
  'step-timeout': z.optional(
    duration('How long one command may take; the timeout of the component when absent.', { examples: ['10m'] }),
  ),
} as const;

type FrameValues = z.output<ReturnType<typeof frameObject>>;

function frameObject() {
  return z.object(frameKeys);
}

export function readFrame(values: FrameValues, common: CommonComponent): CommandFrame {
  return {
    ...common,
    target: 'command',
    folder: values.folder ?? '.',
    env: values.env ?? {},
    passEnv: values['pass-env'] ?? [],
    secretEnv: values['secret-env'] ?? [],
    stepTimeout: values['step-timeout'],
  };
}

function readVariable(written: string): Reading<string> {
  if (VARIABLE.test(written)) return { ok: true, value: written };
  return { ok: false, message: `\`${written}\` is not the name of a variable`, hint: 'letters, digits and _' };
}
