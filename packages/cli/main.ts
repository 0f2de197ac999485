import type { Command, Terminal } from './command.ts';
import { runCommand } from './run-command.ts';

/** What `npx github:org/release-actions <command>` starts. */
export async function run(): Promise<void> {
  const terminal: Terminal = {
    cwd: process.cwd(),
    env: process.env,
    write: line => void process.stdout.write(`${printable(line)}\n`),
    complain: line => void process.stderr.write(`${printable(line)}\n`),
  };
  process.exitCode = await runCommand(process.argv.slice(2), commands, terminal);
}

/** Each is loaded only when it is asked for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  explain: async () => (await import('./commands/explain.ts')).explain,
  replay: async () => (await import('./commands/replay.ts')).replayCommand,
};

/** Titles and reasons are written by anybody: none of them speaks to the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '\u{fffd}');
}
