/**
 * Stands in for the Pulumi CLI, which no package registry has: the same arguments, output, exit codes, locks and files as recorded in
 * test/fixtures/pulumi, for programs in Pulumi YAML and a backend of files. What it does not model, it says and ends with 99.
 *
 * One SIGINT or SIGTERM: no new operation begins, the one under way ends, the lock is released, exit 1. A second one: it ends at once, and
 * the lock stays. Source: facts of the real CLI, and https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/.
 */
import { runCommand } from './commands.ts';
import { readCommandLine } from './flags.ts';
import { Refusal } from './refusal.ts';

let interrupts = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupts += 1;
    if (interrupts > 1) process.exit(1);
  });
}

try {
  process.exitCode = await runCommand(readCommandLine(process.argv.slice(2)), {
    cwd: process.cwd(),
    print: text => process.stdout.write(`${text}\n`),
    canceled: () => interrupts > 0,
  });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = error.code;
}
