/**
 * Everything that can be said about the sources without running them, the cheap things first. All of it is said at once;
 * each failure ends with the command that mends it or shows it alone.
 */
import { join } from 'node:path';
import { runSteps, type Step } from './check/steps.ts';

const steps: readonly Step[] = [
  {
    title: 'format and lint',
    command: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=50', '.'],
    mend: 'npm run format',
  },
  { title: 'generated files', command: ['node', 'scripts/generate.ts', '--check'], mend: 'npm run generate' },
  { title: 'types', command: ['tsc', '--noEmit'], mend: 'npm run types' },
  { title: 'layers and contracts', command: ['jest', 'test/repository'], mend: 'npm test test/repository' },
  { title: 'bundles', command: ['node', 'scripts/build.ts', '--check'], mend: 'npm run bundle' },
];

process.exitCode = runSteps(join(import.meta.dirname, '..'), steps) ? 0 : 1;
