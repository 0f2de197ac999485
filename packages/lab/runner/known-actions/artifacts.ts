import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { globToRegExp } from '../triggers/globs.ts';
import type { KnownAction } from './known-action.ts';

/** Days; what a repository is set to unless somebody has changed it. */
const defaultRetention = 90;

/** actions/upload-artifact. Source: its action.yml and README (v4 and later: names are taken once in a run). */
export const uploadArtifact: KnownAction = {
  inputs: {
    name: 'artifact',
    path: '',
    'if-no-files-found': 'warn',
    'retention-days': '',
    'compression-level': '6',
    overwrite: 'false',
    'include-hidden-files': 'false',
    archive: 'true',
  },
  unmodelled: ['archive'],
  async run({ inputs, origin, repository, workspace, artifacts, now, log, warn, setOutput }) {
    const { name = 'artifact', path = '' } = inputs;
    if (path === '') throw new Error('Input required and not supplied: path');
    if (/["<>:|*?\r\n\\/]/.test(name)) throw new Error(`The artifact name is not valid: ${name}`);
    const found = findFiles(path, workspace, inputs['include-hidden-files'] === 'true');
    if (found.files.length === 0) {
      const message = `No files were found with the provided path: ${path}. No artifacts will be uploaded.`;
      if (inputs['if-no-files-found'] === 'error') throw new Error(message);
      if (inputs['if-no-files-found'] === 'warn') warn(message);
      else log(message);
      return;
    }
    const files = new Map(
      found.files.map(file => [relative(found.root, file).split(sep).join('/'), readFileSync(file)]),
    );
    const overwrite = inputs.overwrite === 'true';
    const retention = Number(inputs['retention-days'] || defaultRetention);
    const { runId } = origin;
    const artifact = await artifacts.upload(repository, { runId, name, files, overwrite, at: now, retention });
    log(`Artifact ${name} has been successfully uploaded! ${files.size} files. Artifact ID is ${artifact.id}`);
    setOutput('artifact-id', String(artifact.id));
    setOutput('artifact-digest', artifact.digest);
  },
};

/** actions/download-artifact. One by name goes into `path` itself, several go into folders named after them. */
export const downloadArtifact: KnownAction = {
  inputs: {
    name: '',
    'artifact-ids': '',
    path: '',
    pattern: '',
    'merge-multiple': 'false',
    'github-token': '',
    repository: '',
    'run-id': '',
    'skip-decompress': 'false',
    'digest-mismatch': 'error',
  },
  unmodelled: ['artifact-ids', 'repository', 'skip-decompress', 'digest-mismatch'],
  run({ inputs, origin, workspace, artifacts, log, setOutput }) {
    const { name = '', pattern = '' } = inputs;
    const other = inputs['run-id'] ?? '';
    if (other !== '' && inputs['github-token'] === '') {
      throw new Error("The lab downloads artifacts of another run only with 'github-token', as GitHub does");
    }
    const all = artifacts.list(other === '' ? origin.runId : Number(other));
    const matching = pattern === '' ? undefined : globToRegExp(pattern);
    const wanted = all.filter(one => (name !== '' ? one.name === name : (matching?.test(one.name) ?? true)));
    if (name !== '' && wanted.length === 0) {
      throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
    }
    const target = resolve(workspace, inputs.path || '.');
    for (const artifact of wanted) {
      const flat = name !== '' || inputs['merge-multiple'] === 'true';
      for (const [path, content] of artifact.files) {
        const file = join(flat ? target : join(target, artifact.name), path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
      }
      log(`Downloaded artifact ${artifact.name}: ${artifact.files.size} files`);
    }
    setOutput('download-path', target);
  },
};

/** The files of a `path` input, and the folder that paths in the artifact start from: the deepest that holds all of them. */
function findFiles(input: string, workspace: string, hidden: boolean) {
  const patterns = input
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  const roots: string[] = [];
  const files = new Set<string>();
  for (const pattern of patterns.filter(one => !one.startsWith('!'))) {
    const plain = pattern.replace(/^~(?=\/)/, '');
    const fixed = resolve(workspace, plain.split(/[*?[]/, 1)[0] ?? '');
    const folder = existsSync(fixed) && statSync(fixed).isDirectory();
    roots.push(folder ? fixed : dirname(fixed));
    const glob = folder && !/[*?[]/.test(plain) ? join(plain, '**') : plain;
    for (const path of globSync(glob, { cwd: workspace })) {
      const file = resolve(workspace, path);
      if (statSync(file).isFile()) files.add(file);
    }
  }
  const excluded = patterns
    .filter(one => one.startsWith('!'))
    .flatMap(one => globSync(one.slice(1), { cwd: workspace }));
  for (const path of excluded) files.delete(resolve(workspace, path));
  const root = commonFolder(roots);
  const visible = (file: string) =>
    hidden ||
    !relative(root, file)
      .split(sep)
      .some(part => part.startsWith('.'));
  return { root, files: [...files].filter(visible).toSorted() };
}

function commonFolder(folders: readonly string[]): string {
  const [first = '/', ...others] = folders.map(folder => folder.split(sep));
  const parts = typeof first === 'string' ? [first] : first;
  let length = parts.length;
  for (const other of others) {
    while (parts.slice(0, length).some((part, at) => part !== other[at])) length -= 1;
  }
  return parts.slice(0, length).join(sep) || sep;
}
