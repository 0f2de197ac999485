/** The one entry of the bundle: loads the action that was asked for, or the commands, and nothing of the others. */
export async function run(name: string): Promise<void> {
  const { run: start } = await load(name);
  await start();
}

async function load(name: string): Promise<{ readonly run: () => Promise<void> }> {
  switch (name) {
    case 'validate-tag':
      return import('./validate-tag/main.ts');
    case 'gate-approval':
      return import('./gate-approval/main.ts');
    case 'deploy':
      return import('./deploy/main.ts');
    case 'smoke-test':
      return import('./smoke-test/main.ts');
    case 'monitor':
      return import('./monitor/main.ts');
    case 'rollback':
      return import('./rollback/main.ts');
    case 'publish-release':
      return import('./publish-release/main.ts');
    case 'hold':
      return import('./hold/main.ts');
    case 'check-flow':
      return import('./check-flow/main.ts');
    case 'doctor':
      return import('./doctor/main.ts');
    case 'cli':
      return import('#cli/main');
    default:
      throw new Error(`there is no action ${name}`);
  }
}
