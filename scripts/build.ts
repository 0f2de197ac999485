/**
 * Builds `dist/`: tsc, then one ncc build whose lazy chunks every action shares, and a few lines an action that start it.
 * `--check` builds in another folder and fails when that is not `dist/` to the byte: the committed bundles are then what
 * the sources give, and no path of a machine is in them. `--compiled` leaves out the bundling: for the mutants.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences } from './bundle/compare.ts';
import { buildSuite, compileSuite } from './bundle/suite.ts';
import { ToolFailure } from './bundle/tool.ts';
import { furnishWorkshop } from './bundle/workshop.ts';

const root = join(import.meta.dirname, '..');
const committed = join(root, 'dist');

try {
  if (process.argv.includes('--check')) checkDist();
  else if (process.argv.includes('--compiled')) writeCompiled();
  else writeDist();
} catch (error) {
  if (!(error instanceof ToolFailure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** The bundles are exchanged when they are whole: a build that fails leaves the old ones alone. */
function writeDist(): void {
  const fresh = join(root, 'build/dist');
  rmSync(join(root, 'build'), { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  buildSuite({ root, workshop: root, dist: fresh });
  rmSync(committed, { recursive: true, force: true });
  renameSync(fresh, committed);
}

function writeCompiled(): void {
  for (const folder of [join(root, 'build'), committed]) rmSync(folder, { recursive: true, force: true });
  compileSuite(root);
}

function checkDist(): void {
  const workshop = mkdtempSync(join(tmpdir(), 'release-actions-'));
  try {
    furnishWorkshop(root, workshop);
    const fresh = join(workshop, 'dist');
    buildSuite({ root, workshop, dist: fresh });
    const stale = differences(fresh, committed);
    if (stale.length === 0) return;
    console.error(`dist/ is not what the sources give; run \`npm run bundle\` and commit it:\n  ${stale.join('\n  ')}`);
    process.exitCode = 1;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}
