import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isRecord } from '../../aws/cloudformation/template/parse.ts';
import {
  functionsOf,
  readSamTemplate,
  type SamTemplate,
  type ServerlessFunction,
  writeSamTemplate,
} from './template.ts';
import { type Flags, Refusal, say, tell } from './words.ts';

/** Copies the code of each function into a folder of its name, and writes the template that says so. */
export function build(flags: Flags): void {
  const file = resolve(flags['template-file'] ?? 'template.yaml');
  const folder = resolve(flags['build-dir'] ?? '.aws-sam/build');
  const template = readSamTemplate(file);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const made of functionsOf(template)) {
    try {
      buildFunction(template, made, dirname(file), join(folder, made.id));
    } catch (error) {
      if (error instanceof Refusal && error.code === 1) say('\nBuild Failed');
      throw error;
    }
    made.properties.CodeUri = made.id;
    made.resource.Metadata = { SamResourceId: made.id };
  }
  writeFileSync(join(folder, 'template.yaml'), writeSamTemplate(template));
  say(`\nBuild Succeeded\n\nBuilt Artifacts  : ${folder}\nBuilt Template   : ${join(folder, 'template.yaml')}`);
}

function buildFunction(
  template: SamTemplate,
  { id, properties }: ServerlessFunction,
  top: string,
  folder: string,
): void {
  const runtime = String(properties.Runtime ?? globalRuntime(template));
  if (!runtime.startsWith('nodejs')) throw new Refusal(`the lab’s sam does not model the runtime ${runtime}`, 99);
  const code = join(top, String(properties.CodeUri));
  tell(`Building codeuri: ${code} runtime: ${runtime} architecture: x86_64 functions: ${id}`);
  const manifest = join(code, 'package.json');
  if (existsSync(manifest)) checkManifest(readFileSync(manifest, 'utf8'));
  else tell('package.json file not found. Continuing the build without dependencies.');
  tell(' Running NodejsNpmBuilder:CopySource');
  if (existsSync(code)) cpSync(code, folder, { recursive: true });
  else tell(`Skipping copy operation since source ${code} does not exist`);
}

function globalRuntime({ Globals }: SamTemplate): unknown {
  return isRecord(Globals) && isRecord(Globals.Function) ? Globals.Function.Runtime : undefined;
}

/** In the words of npm, which the CLI passes on. */
function checkManifest(text: string): void {
  tell(' Running NodejsNpmBuilder:NpmPack');
  const failed = (code: string, why: string) =>
    new Refusal(`NodejsNpmBuilder:NpmPack - NPM Failed: npm error code ${code}\nnpm error ${why}`);
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    const why = `Invalid package.json: JSONParseError: Unexpected token in JSON while parsing ${JSON.stringify(text)}`;
    throw failed('EJSONPARSE', `JSON.parse ${why}`);
  }
  const { dependencies } = isRecord(manifest) ? manifest : {};
  if (dependencies !== undefined) throw new Refusal('the lab’s sam does not model dependencies', 99);
}
