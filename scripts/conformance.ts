/**
 * Holds every workflow, action and example against linters that others wrote, and the dev path of the example against a runner
 * that others wrote. They are pinned, and installed into a cache outside the tree when they are not there yet; a tool that cannot
 * be had fails the run, because nothing was checked.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { act } from './conformance/act/act.ts';
import { devPathUnderAct } from './conformance/act/dev-path.ts';
import { cfnLint, moto } from './conformance/aws-tools.ts';
import { actionlint, type Linter, zizmor } from './conformance/linters.ts';
import { labAgainstMoto } from './conformance/moto/compare/compare.ts';
import { driversUnderMoto } from './conformance/moto/drivers.ts';
import { startMoto } from './conformance/moto/server.ts';
import { compareStandIn } from './conformance/opentofu/stand-in.ts';
import { playOpenTofu } from './conformance/opentofu/story.ts';
import { opentofu } from './conformance/opentofu/tool.ts';
import { withRepositoryOf } from './conformance/repository-of.ts';
import { installed } from './conformance/tools.ts';

const root = join(import.meta.dirname, '..');
const workflows = '.github/workflows/*.{yml,yaml}';
const actions = '{*,.github/actions/*}/action.{yml,yaml}';

run(actionlint, root, [workflows]);
run(zizmor, root, [workflows, actions]);
for (const example of globSync('examples/*', { cwd: root }).toSorted()) {
  withRepositoryOf(join(root, example), repository => {
    run(actionlint, repository, [workflows], example);
    run(zizmor, repository, [workflows, actions], example);
  });
}
await runDevPath();
await runOpenTofu();
await runMoto();
runCfnLint();

function run(linter: Linter, repository: string, patterns: readonly string[], title = 'release-actions'): void {
  const files = patterns
    .flatMap(pattern => globSync(pattern, { cwd: repository, exclude: ['node_modules'] }))
    .toSorted();
  if (files.length === 0) return;
  console.log(`${linter.name} ${linter.version} on ${files.length} files of ${title}`);
  const tool = installed(linter);
  if (!tool.ok) console.log(`  not run: ${tool.message}`);
  if (!tool.ok || tool.run([...linter.lint, ...files], repository) !== 0) process.exitCode = 1;
}

async function runDevPath(): Promise<void> {
  console.log(`${act.name} ${act.version} takes examples/unifocus to dev, in the lab`);
  const tool = installed(act);
  const short = tool.ok ? await devPathUnderAct(tool.program, root) : [`not run: ${tool.message}`];
  for (const text of short) console.log(`  ${text}`);
  if (short.length === 0) console.log('  verified in dev: the journal says so, and the new version answers');
  if (short.length > 0) process.exitCode = 1;
}

async function runOpenTofu(): Promise<void> {
  console.log(
    `OpenTofu ${opentofu.version} plans, applies, is locked out, broken off and brought back by dist/deploy and dist/rollback`,
  );
  const tool = installed(opentofu);
  const standIn = join(root, 'test/scenarios/command/stand-ins/tofu.ts');
  const short = tool.ok
    ? [...(await playOpenTofu(tool.program, root)), ...(await compareStandIn(tool.program, standIn))]
    : [`not run: ${tool.message}`];
  for (const text of short) console.log(`  ${text}`);
  if (short.length > 0) process.exitCode = 1;
}

async function runMoto(): Promise<void> {
  console.log(
    `moto ${moto.version}: the lab beside an AWS that others wrote, and our drivers, as they are built, in front of it`,
  );
  const tool = installed(moto);
  const short = tool.ok ? await underMoto(tool.program) : [`not run: ${tool.message}`];
  for (const text of short) console.log(`  ${text}`);
  if (short.length > 0) process.exitCode = 1;
}

async function underMoto(program: string): Promise<readonly string[]> {
  const server = await startMoto(program);
  try {
    return [...(await labAgainstMoto(server)), ...(await driversUnderMoto(server, root))];
  } finally {
    await server.close();
  }
}

/** Templates of the examples: those of the test scenarios are broken on purpose. */
function runCfnLint(): void {
  const templates = globSync('examples/*/**/{template,*.template,*.cfn}.{yml,yaml,json}', { cwd: root }).toSorted();
  if (templates.length === 0) return;
  console.log(`${cfnLint.name} ${cfnLint.version} on ${templates.length} templates of the examples`);
  const tool = installed(cfnLint);
  if (!tool.ok) console.log(`  not run: ${tool.message}`);
  if (!tool.ok || tool.run(templates, root) !== 0) process.exitCode = 1;
}
