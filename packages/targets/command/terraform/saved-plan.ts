import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#core/finding';
import type { TerraformComponent } from '#core/flow/targets/command/terraform';
import type { CommitRead } from './snapshot.ts';

/** Plans that an earlier job has made and people have read. The files hold secrets in the clear; this manifest holds none. */
interface Manifest {
  readonly schema: 1;
  readonly component: string;
  readonly tool: TerraformComponent['tool'];
  readonly version: string;
  readonly commit: string;
  /** A merge makes another commit of the same tree: the plan is of the tree. */
  readonly tree: string;
  readonly modules: readonly { readonly module: string; readonly changes: boolean; readonly sha256: string }[];
}

/** A module, and the file that its plan is in. */
export interface PlanFile {
  readonly module: string;
  readonly file: string;
  readonly changes: boolean;
}

export interface SavedPlan {
  fileOf(module: string): string;
  changes(module: string): boolean;
}

const manifestFile = 'plan.json';

/** Writes the plans into a folder. Answers the digest by which a later job knows them. */
export function savePlan(
  folder: string,
  component: TerraformComponent,
  made: { readonly version: string; readonly read: CommitRead },
  planned: readonly PlanFile[],
): string {
  mkdirSync(folder, { recursive: true });
  const modules = planned.map(({ module, changes, file }, index) => {
    copyFileSync(file, join(folder, fileName(index)));
    return { module, changes, sha256: digestOf(readFileSync(file)) };
  });
  const { name, tool } = component;
  const { version, read } = made;
  const manifest: Manifest = {
    ...{ schema: 1, component: name, tool, version },
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
  if (`sha256:${digestOf(text)}` !== digest) {
    const found = `sha256:${digestOf(text)}`;
    return mismatch(`The saved plan in ${component.applyPlan} is not the one that was read.`, {
      wanted: digest,
      found,
    });
  }
  const manifest = JSON.parse(text.toString('utf8')) as Manifest;
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
  const indexOf = (module: string) => manifest.modules.findIndex(entry => entry.module === module);
  return {
    fileOf: module => join(folder, fileName(indexOf(module))),
    changes: module => manifest.modules[indexOf(module)]?.changes === true,
  };
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
