import * as z from 'zod/mini';
import { choice, documented, list, text } from '../../fields.ts';
import type { Mistake } from '../../problem.ts';
import { previewKeys } from '../preview.ts';
import type { Declaration } from '../target.ts';
import type { CommandFrame } from './frame.ts';

/** Any commands, with a small file protocol (docs/targets/command.md). */
export interface ScriptComponent extends CommandFrame {
  readonly tool: 'script';
  readonly deploy: readonly string[];
  /** Says what would change, and changes nothing. */
  readonly preview?: readonly string[] | undefined;
  /** Says what runs now, as a receipt that `rollback` can bring back. */
  readonly observe?: readonly string[] | undefined;
  readonly rollback?: readonly string[] | undefined;
  /** What exit codes other than 0 mean, by code. */
  readonly exitCodes: Readonly<Record<string, ExitMeaning>>;
}

/** `refused`: it says that nothing was changed. */
export const exitMeanings = ['changed', 'unchanged', 'refused', 'failed'] as const;

export type ExitMeaning = (typeof exitMeanings)[number];

const words = (description: string, examples: readonly unknown[]) =>
  list(text('One word of the command.'), description, { examples });

export const scriptKeys = {
  deploy: z.optional(
    words('tool script: the command that deploys, as its words; no shell reads them.', [['./deploy.sh', '{env}']]),
  ),
  ...previewKeys,
  observe: z.optional(
    words('tool script: a command that says what runs now, so that there is a way back to it.', [['./observe.sh']]),
  ),
  rollback: z.optional(
    words('tool script: the command that brings back what the receipt says.', [['./deploy.sh', '--back']]),
  ),
  'exit-codes': z.optional(
    documented(
      z.record(
        z.string().check(z.regex(/^([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/)),
        choice(exitMeanings, 'What the exit code means.'),
      ),
      'tool script: what exit codes other than 0 mean; without a word here they mean failed.',
      { examples: [{ 2: 'unchanged' }] },
    ),
  ),
} as const;

type ScriptValues = z.output<ReturnType<typeof scriptObject>>;

function scriptObject() {
  return z.object(scriptKeys);
}

export function readScript(values: ScriptValues, frame: CommandFrame): ScriptComponent {
  return {
    ...frame,
    tool: 'script',
    deploy: values.deploy ?? [],
    preview: Array.isArray(values.preview) ? values.preview : undefined,
    observe: values.observe,
    rollback: values.rollback,
    exitCodes: values['exit-codes'] ?? {},
  };
}

export function scriptRules({ deploy, observe, rollback, preview }: Declaration): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  if (deploy === undefined) {
    mistakes.push({
      path: [],
      message: '`deploy` is missing: which command deploys?',
      hint: 'give its words, such as [./deploy.sh]',
      at: 'key',
    });
  }
  if (typeof preview === 'boolean') {
    const message = 'is a command here: nothing else knows what a script would change';
    mistakes.push({ path: ['preview'], message, hint: 'give its words, such as [./deploy.sh, --dry-run]' });
  }
  if (observe !== undefined && rollback === undefined) {
    mistakes.push({
      path: ['observe'],
      message: 'has no effect without `rollback`: nothing reads what it says',
      hint: 'give `rollback`, or remove it',
      at: 'key',
    });
  }
  return mistakes;
}
