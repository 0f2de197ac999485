import * as z from 'zod/mini';
import { documented, duration, list, path, text } from '../../fields.ts';
import type { Mistake } from '../../problem.ts';
import { type PlanHandover, planPreviewRule, previewKeys } from '../preview.ts';
import type { Declaration } from '../target.ts';
import type { CommandFrame } from './frame.ts';

/** Terraform or OpenTofu: one module, or several in order. */
export interface TerraformComponent extends CommandFrame, PlanHandover {
  readonly tool: 'terraform' | 'opentofu';
  /** Folders below `folder`, in the order in which they are applied; `.` alone is the folder itself. */
  readonly modules: readonly string[];
  readonly workspace?: string | undefined;
  readonly varFiles: readonly string[];
  readonly vars: Readonly<Record<string, string>>;
  readonly backendConfig: Readonly<Record<string, string>>;
  /** Milliseconds to wait for a lock that somebody else holds. */
  readonly lockTimeout: number;
  /** The commit whose configuration runs now, where no journal knows it. */
  readonly previous?: string | undefined;
}

const map = (description: string, examples: readonly unknown[]) =>
  documented(z.record(z.string().check(z.minLength(1)), z.string()), description, { examples });

export const terraformKeys = {
  modules: z.optional(
    list(
      path('A folder with a root module.'),
      'tools terraform and opentofu: root modules below `folder`, applied in this order.',
      { examples: [['network', 'api']] },
    ),
  ),
  workspace: z.optional(text('tools terraform and opentofu: the workspace.', { examples: ['{env}'] })),
  'var-files': z.optional(
    list(
      path('A file of the repository, from its top folder.'),
      'tools terraform and opentofu: files with variables, as -var-file.',
      { examples: [['terraform/env/{env}.tfvars']] },
    ),
  ),
  vars: z.optional(
    map('tools terraform and opentofu: variables, as -var. Secrets go in TF_VAR_… of secret-env.', [
      { environment: '{env}' },
    ]),
  ),
  'backend-config': z.optional(
    map('tools terraform and opentofu: settings of the backend, as -backend-config.', [{ key: 'shop/{env}.tfstate' }]),
  ),
  'lock-timeout': z.optional(
    duration('tools terraform and opentofu: how long to wait for a state lock that somebody holds.', {
      examples: ['2m'],
    }),
  ),
  previous: z.optional(
    text('tools terraform and opentofu: the commit that runs now, for a way back where no journal knows it.', {
      examples: ['8f3c2a9d0b1e4f5a6b7c8d9e0f1a2b3c4d5e6f70'],
    }),
  ),
  ...previewKeys,
  'save-plan': z.optional(
    path('tools terraform and opentofu: a folder that a dry run writes its plan to, to be applied by a later job.', {
      examples: ['plans/network'],
    }),
  ),
  'apply-plan': z.optional(
    path('tools terraform and opentofu: the folder of a saved plan; exactly that plan is applied.', {
      examples: ['plans/network'],
    }),
  ),
  'plan-digest': z.optional(
    text('tools terraform and opentofu: the digest that the dry run printed for the saved plan.', {
      examples: [`sha256:${'0'.repeat(64)}`],
    }),
  ),
} as const;

type TerraformValues = z.output<ReturnType<typeof terraformObject>>;

function terraformObject() {
  return z.object(terraformKeys);
}

export function readTerraform(
  values: TerraformValues,
  frame: CommandFrame,
  tool: TerraformComponent['tool'],
): TerraformComponent {
  return {
    ...frame,
    tool,
    modules: values.modules ?? ['.'],
    workspace: values.workspace,
    varFiles: values['var-files'] ?? [],
    vars: values.vars ?? {},
    backendConfig: values['backend-config'] ?? {},
    lockTimeout: values['lock-timeout'] ?? 0,
    previous: values.previous,
    preview: values.preview === true ? true : undefined,
    savePlan: values['save-plan'],
    applyPlan: values['apply-plan'],
    planDigest: values['plan-digest'],
  };
}

export function terraformRules(declaration: Declaration): readonly Mistake[] {
  const { modules, preview, 'save-plan': save, 'apply-plan': apply, 'plan-digest': digest } = declaration;
  const mistakes: Mistake[] = [];
  const say = (key: string, message: string, hint?: string) => mistakes.push({ path: [key], message, hint, at: 'key' });
  if (apply !== undefined && digest === undefined) {
    say('apply-plan', 'needs `plan-digest`: a plan is applied only when it is the one that was read');
  }
  if (digest !== undefined && apply === undefined) say('plan-digest', 'has no effect without `apply-plan`');
  if (save !== undefined && apply !== undefined) say('save-plan', 'contradicts `apply-plan`', 'remove one of the two');
  mistakes.push(...planPreviewRule(preview));
  if (preview === true && (save ?? apply) !== undefined) {
    const other = save === undefined ? 'apply-plan' : 'save-plan';
    say(
      'preview',
      `contradicts \`${other}\`: the release saves the plan and applies it itself`,
      'remove one of the two',
    );
  }
  if (Array.isArray(modules)) {
    modules.forEach((name: unknown, index) => {
      if (modules.indexOf(name) !== index)
        mistakes.push({ path: ['modules', index], message: `\`${String(name)}\` is listed twice` });
    });
  }
  return mistakes;
}
