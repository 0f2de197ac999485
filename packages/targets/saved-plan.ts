import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#core/finding';
import type { PlanHandover } from '#core/flow/targets/preview';
import type { ChangeRow } from '#core/target';
import type { CommitRead } from './commit-read.ts';

/** A component of which plans are made, one of each of its modules; that of Pulumi and of CloudFormation is its stack. */
export interface Planning extends PlanHandover {
  readonly name: string;
  /** `opentofu`, `cloudformation` */
  readonly tool: string;
  readonly modules: readonly string[];
}

/** What of a state says whether it is still the one that a plan starts from. */
interface StateId {
  readonly serial: number;
  readonly lineage: string;
}

/** A plan that was made, with the content of its file. */
export interface MadePlan {
  readonly module: string;
  readonly changes: boolean;
  readonly content: Buffer;
  /** Undefined where there is none yet, or the tool itself holds the plan against it. */
  readonly state: StateId | undefined;
}

/** Plans that an earlier job has made and people have read. The files may hold secrets in the clear; this manifest holds none. */
interface Manifest {
  readonly schema: typeof schema;
  readonly component: string;
  readonly tool: string;
  readonly version: string;
  readonly commit: string;
  /** A merge makes another commit of the same tree: the plan is of the tree. */
  readonly tree: string;
  readonly modules: readonly SavedModule[];
}

interface SavedModule {
  readonly module: string;
  readonly changes: boolean;
  readonly sha256: string;
  /** What the plan starts from; null where there was no state yet, or the tool looks itself. */
  readonly state: StateId | null;
}

const schema = 2;

export interface SavedPlan {
  /** Undefined where the state is another one than the plan starts from. */
  of(module: string, state: StateId | undefined): { readonly file: string; readonly changes: boolean } | undefined;
}

const manifestFile = 'plan.json';

/** Writes the plans into a folder, for a later job. Answers a row for people, with the digest by which that job knows them; or why it cannot. */
export function keepPlans(
  folder: string,
  planning: Planning,
  made: { readonly version: string; readonly read: CommitRead },
  plans: readonly MadePlan[],
): ChangeRow | Finding {
  const { name, tool } = planning;
  const { commit, tree } = made.read;
  if (commit === null || tree === null) {
    return mismatch('A plan can be saved for a commit only, and the checkout is none: it has changes of its own.', {});
  }
  mkdirSync(folder, { recursive: true });
  const modules = plans.map(({ module, changes, content, state }, index): SavedModule => {
    writeFileSync(join(folder, fileName(index)), content, { mode: 0o600 });
    const startsFrom = state === undefined ? null : { serial: state.serial, lineage: state.lineage };
    return { module, changes, sha256: digestOf(content), state: startsFrom };
  });
  const manifest: Manifest = { schema, component: name, tool, version: made.version, commit, tree, modules };
  const text = JSON.stringify(manifest, null, 2);
  writeFileSync(join(folder, manifestFile), text);
  const where = planning.preview === true ? '' : ` in ${planning.savePlan}`;
  return { what: `saved plan${where}`, before: 'none', after: `sha256:${digestOf(text)}` };
}

/** The saved plans, when they are what was read, of the tree that is deployed, and of the same tool; else why they are not. */
export function readSavedPlan(
  folder: string,
  component: Planning,
  now: { readonly version: string; readonly tree: string | null },
): SavedPlan | Finding {
  const digest = component.planDigest ?? '';
  const text = contentOf(join(folder, manifestFile));
  if (text === undefined) {
    return mismatch(`There is no saved plan in ${component.applyPlan}.`, { folder: component.applyPlan ?? '' });
  }
  const found = `sha256:${digestOf(text)}`;
  if (found !== digest) {
    return mismatch(`The saved plan in ${component.applyPlan} is not the one that was read.`, {
      wanted: digest,
      found,
    });
  }
  const manifest = JSON.parse(text.toString('utf8')) as Manifest;
  if (manifest.schema !== schema) {
    return mismatch('The saved plan was written by another version of this action.', { found: manifest.schema });
  }
  const differences = (
    [
      ['tree', manifest.tree, now.tree ?? 'unknown'],
      ['tool', manifest.tool, component.tool],
      ['version', manifest.version, now.version],
      ['component', manifest.component, component.name],
      [
        component.tool === 'terraform' || component.tool === 'opentofu' ? 'modules' : 'stack',
        manifest.modules.map(({ module }) => module).join(', '),
        component.modules.join(', '),
      ],
    ] as const
  ).filter(([, then, present]) => then !== present);
  const [other] = differences;
  if (other !== undefined) {
    const [what, then, present] = other;
    return mismatch(`The saved plan was made for another ${what}: ${then || 'none'}, and here it is ${present}.`, {
      what,
      then,
      present,
    });
  }
  const broken = manifest.modules.find(({ sha256 }, index) => {
    const file = contentOf(join(folder, fileName(index)));
    return file === undefined || digestOf(file) !== sha256;
  });
  if (broken !== undefined) {
    return mismatch(`The saved plan of ${broken.module} is not the one that was read.`, { module: broken.module });
  }
  return {
    of(module, state) {
      const index = manifest.modules.findIndex(entry => entry.module === module);
      const saved = manifest.modules[index];
      if (saved?.state?.lineage !== state?.lineage || saved?.state?.serial !== state?.serial) return undefined;
      return { file: join(folder, fileName(index)), changes: saved?.changes === true };
    },
  };
}

/** The same of one stack, which its tool itself holds the plan against. */
export function readPlanOfStack(
  folder: string,
  component: Planning,
  now: { readonly version: string; readonly tree: string | null },
): { readonly content: Buffer } | Finding {
  const saved = readSavedPlan(folder, component, now);
  if ('reason' in saved) return saved;
  const [stack = ''] = component.modules;
  const plan = saved.of(stack, undefined);
  if (plan === undefined) throw new Error(`the saved plan of ${component.name} starts from a state`);
  return { content: readFileSync(plan.file) };
}

/** The digest by which `keepPlans` has told a plan; undefined where it has written none. */
export function digestOfSaved(folder: string): string | undefined {
  const text = contentOf(join(folder, manifestFile));
  return text === undefined ? undefined : `sha256:${digestOf(text)}`;
}

function fileName(index: number): string {
  return `${index}.plan`;
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function mismatch(message: string, evidence: Finding['evidence']): Finding {
  return { reason: 'plan-mismatch', message, evidence };
}
