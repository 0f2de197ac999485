import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#core/finding';
import type { TerraformComponent } from '#core/flow/targets/command/terraform';
import type { CommitRead, ModuleState } from './snapshot.ts';

/** Plans that an earlier job has made and people have read. The files hold secrets in the clear; this manifest holds none. */
interface Manifest {
  readonly schema: typeof schema;
  readonly component: string;
  readonly tool: TerraformComponent['tool'];
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
  /** What the plan starts from; null where there was no state yet. */
  readonly state: Pick<ModuleState, 'serial' | 'lineage'> | null;
}

const schema = 2;

/** A module, and the file that its plan is in. */
export interface PlanFile {
  readonly module: string;
  readonly file: string;
  readonly changes: boolean;
}

export interface SavedPlan {
  /** Undefined where the state is another one than the plan starts from. */
  of(module: string, state: ModuleState | undefined): Pick<PlanFile, 'file' | 'changes'> | undefined;
}

const manifestFile = 'plan.json';

/** Writes the plans into a folder. Answers the digest by which a later job knows them. */
export function savePlan(
  folder: string,
  component: TerraformComponent,
  made: { readonly version: string; readonly read: CommitRead },
  planned: readonly (PlanFile & { readonly state: ModuleState | undefined })[],
): string {
  mkdirSync(folder, { recursive: true });
  const modules = planned.map(({ module, changes, file, state }, index): SavedModule => {
    copyFileSync(file, join(folder, fileName(index)));
    const startsFrom = state === undefined ? null : { serial: state.serial, lineage: state.lineage };
    return { module, changes, sha256: digestOf(readFileSync(file)), state: startsFrom };
  });
  const { name, tool } = component;
  const { version, read } = made;
  const manifest: Manifest = {
    ...{ schema, component: name, tool, version },
    ...{ commit: read.commit ?? '', tree: read.tree ?? '', modules },
  };
  const text = JSON.stringify(manifest, null, 2);
  writeFileSync(join(folder, manifestFile), text);
  return `sha256:${digestOf(text)}`;
}

/** The saved plans, when they are what was read, of the tree that is deployed, and of the same tool; else why they are not. */
export function readSavedPlan(
  folder: string,
  component: TerraformComponent,
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
      ['modules', manifest.modules.map(({ module }) => module).join(', '), component.modules.join(', ')],
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

/** The digest by which `savePlan` has told a plan; undefined where it has written none. */
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
