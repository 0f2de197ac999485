import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Finding } from '#core/finding';
import { asRecord } from '#core/flow/raw';

export interface Project {
  readonly name: string;
  /** Where its stacks have their configuration, from its own folder. */
  readonly configFolder: string;
}

export type FoundProject =
  | { readonly ok: true; readonly value: Project }
  | { readonly ok: false; readonly finding: Finding };

/** The project in a folder: Pulumi would search upwards, and take another one for it. */
export function projectIn(folder: string, shown: string): FoundProject {
  for (const file of ['Pulumi.yaml', 'Pulumi.yml']) {
    const text = textOf(join(folder, file));
    if (text === undefined) continue;
    const value = projectOf(text);
    if (value !== undefined) return { ok: true, value };
    return { ok: false, finding: missing(shown, `the file ${file} there cannot be read, or has no \`name\``) };
  }
  return { ok: false, finding: missing(shown, 'there is no Pulumi.yaml') };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function projectOf(text: string): Project | undefined {
  try {
    const { name, stackConfigDir } = asRecord(parse(text));
    const configFolder = typeof stackConfigDir === 'string' ? stackConfigDir : '.';
    return typeof name === 'string' ? { name, configFolder } : undefined;
  } catch {
    return undefined;
  }
}

function missing(folder: string, what: string): Finding {
  return {
    reason: 'input-invalid',
    message: `The folder ${folder} holds no Pulumi project: ${what}.`,
    evidence: { folder },
    next: 'Write in `folder` where Pulumi.yaml is, from the top of the repository.',
  };
}
