import { actionOf, type Layer, layerOf, layers } from './layers.ts';
import type { Module, ResolvedImport } from './modules.ts';

const mostLines = 400;

/** Every breach of the architecture, one line each: the file, and what it must not do. */
export function violationsOf(modules: readonly Module[], declared: ReadonlySet<string>): readonly string[] {
  const paths = new Set(modules.map(module => module.path));
  return modules.flatMap(module => {
    const name = layerOf(module.path);
    const layer = name === undefined ? undefined : layers[name];
    if (name === undefined || layer === undefined) return [`${module.path} is in no layer`];
    const faults = module.imports.map(found => faultOf(found, { module, name, layer, paths, declared }));
    if (module.lines > mostLines) faults.push(`has ${module.lines} lines, more than ${mostLines}`);
    return [...new Set(faults)].filter(fault => fault !== undefined).map(fault => `${module.path} ${fault}`);
  });
}

interface Importer {
  readonly module: Module;
  readonly name: string;
  readonly layer: Layer;
  readonly paths: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
}

function faultOf({ specifier, to }: ResolvedImport, importer: Importer): string | undefined {
  switch (to.kind) {
    case 'unknown':
      return specifier === undefined ? computed(importer) : `imports ${specifier}, which nothing resolves`;
    case 'node':
      return importer.layer.node ? undefined : `imports ${to.name}: ${importer.name} is pure`;
    case 'package':
      return packageFault(to.name, specifier ?? to.name, importer);
    case 'file':
      return importer.paths.has(to.path) ? fileFault(to.path, importer) : `imports ${to.path}, which is no source file`;
  }
}

/** The lab loads what a scenario names; in the product every import can be read, here and by the bundler. */
function computed({ name }: Importer): string | undefined {
  return name === 'lab' ? undefined : 'imports what only a running program knows';
}

function packageFault(name: string, specifier: string, { layer, name: layerName, declared }: Importer) {
  if (!declared.has(name)) return `imports ${name}, which package.json does not declare`;
  if (layer.packages === 'declared') return undefined;
  const allowed = layer.packages.some(entry => specifier === entry || specifier.startsWith(`${entry}/`));
  return allowed ? undefined : `imports ${specifier}, which is not for ${layerName}`;
}

function fileFault(path: string, { module, name, layer }: Importer): string | undefined {
  const target = layerOf(path);
  const [own, other] = [actionOf(module.path), actionOf(path)];
  if (target !== name) {
    const allowed = target !== undefined && layer.imports.includes(target) && !(own !== undefined && target === 'cli');
    return allowed ? undefined : `imports ${path}: ${name} ↛ ${target}`;
  }
  if (own === undefined || own === other) return undefined;
  return `imports ${path}, which is ${other === undefined ? 'the entry' : 'another action'}`;
}
