import { type Finding, FindingError, placeText } from '#core/finding';
import { reasonText } from '#core/reasons';
import { type Command, type ExitCode, exitCodes, type Terminal } from './command.ts';

type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** Finds the command and runs it. The one place where a failure becomes words and an exit code. */
export async function runCommand(
  [name, ...words]: readonly string[],
  commands: Commands,
  terminal: Terminal,
): Promise<ExitCode> {
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) return explainCommands(name, commands, terminal);
  const command = await load();
  if (words.includes('--help')) {
    terminal.write(`${usageOf(name ?? '', command)}\n\n${command.about}`);
    return exitCodes.good;
  }
  try {
    return await command.run(words, terminal);
  } catch (error) {
    if (error instanceof FindingError) for (const finding of error.findings) terminal.complain(textOf(finding));
    else terminal.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCodes.unknown;
  }
}

async function explainCommands(name: string | undefined, commands: Commands, terminal: Terminal): Promise<ExitCode> {
  const asked = name === '--help' || name === 'help';
  const say = asked ? terminal.write : terminal.complain;
  if (name !== undefined && !asked) say(`There is no command ${name}.\n`);
  for (const [known, load] of Object.entries(commands)) {
    const command = await load();
    say(`${usageOf(known, command)}\n    ${command.about}`);
  }
  return asked ? exitCodes.good : exitCodes.unknown;
}

function usageOf(name: string, { usage }: Command): string {
  return `release-actions ${name} ${usage}`;
}

function textOf({ message, where, next, reason }: Finding): string {
  const place = where === undefined ? '' : `${placeText(where)}: `;
  return `${place}${message}\n→ ${next ?? reasonText(reason).unblocks}`;
}
