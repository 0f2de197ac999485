/**
 * The layers of ARCHITECTURE.md: who may import whom. Whatever is not allowed here is forbidden, a folder that is not
 * listed included.
 */
export interface Layer {
  /** Layers that this one may import, types included; its own folder always. */
  readonly imports: readonly string[];
  /** npm packages that this one may import, or single modules of them; `declared`: whatever package.json declares. */
  readonly packages: readonly string[] | 'declared';
  /** Whether it may reach the machine through Node’s own modules. */
  readonly node: boolean;
}

const adapters = ['github', 'targets', 'verify', 'notify'] as const;
const parsers = ['yaml', 'semver'] as const;

export const layers: Readonly<Record<string, Layer>> = {
  /** The entry starts `cli`, too. */
  actions: { imports: ['cli', 'action-kit', ...adapters, 'aws', 'core'], packages: parsers, node: true },
  cli: { imports: [...adapters, 'aws', 'core'], packages: parsers, node: true },
  'action-kit': { imports: ['aws', 'core'], packages: ['@actions/core', '@actions/exec'], node: true },
  github: { imports: ['aws', 'core'], packages: [...parsers, '@actions/github', '@octokit', 'yauzl'], node: true },
  targets: { imports: ['aws', 'core'], packages: [...parsers, 'smol-toml', '@actions/exec'], node: true },
  verify: { imports: ['aws', 'core'], packages: parsers, node: true },
  notify: { imports: ['aws', 'core'], packages: parsers, node: true },
  aws: { imports: ['core'], packages: ['@aws-sdk', '@smithy'], node: true },
  core: { imports: [], packages: [...parsers, 'zod/mini', 'temporal-polyfill', 'ical.js'], node: false },
  lab: { imports: ['core'], packages: 'declared', node: true },
};

/** `packages/aws/ecs.ts` → `aws`, `actions/deploy/main.ts` → `actions`; undefined for what is in no layer. */
export function layerOf(path: string): string | undefined {
  const [top, folder] = path.split('/');
  if (top === 'actions') return 'actions';
  return top === 'packages' ? folder : undefined;
}

/** `actions/deploy/main.ts` → `deploy`; undefined for what stands beside the actions: the entry that starts them. */
export function actionOf(path: string): string | undefined {
  const [top, folder, file] = path.split('/');
  return top === 'actions' && file !== undefined ? folder : undefined;
}
