/** The one entry of the bundle: loads the action that was asked for, and nothing of the others. */
export async function run(name: string): Promise<void> {
  const { run: start } = await load(name);
  await start();
}

async function load(name: string): Promise<{ readonly run: () => Promise<void> }> {
  switch (name) {
    case 'deploy':
      return import('./deploy/main.ts');
    default:
      throw new Error(`there is no action ${name}`);
  }
}
