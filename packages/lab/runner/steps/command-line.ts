/** A workflow command in a step's output: `::error file=a.js,line=1::Broken`. */
export interface WorkflowCommand {
  readonly name: CommandName;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const NAMES = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
] as const;

export type CommandName = (typeof NAMES)[number];

/** Undefined for an ordinary line, which also `::unknown::` is. `##[group]` is the older form of the same. */
export function parseCommand(line: string): WorkflowCommand | undefined {
  const match =
    /^\s*::(?<name>[^ :]+)(?: (?<properties>.*?))?::(?<message>.*)$/s.exec(line) ??
    /^##\[(?<name>[^ \]]+)(?: (?<properties>[^\]]*))?\](?<message>.*)$/s.exec(line);
  const name = NAMES.find(known => known === match?.groups?.name?.toLowerCase());
  if (!match || !name) return undefined;
  return {
    name,
    properties: parseProperties(match.groups?.properties ?? ''),
    message: unescapeData(match.groups?.message ?? ''),
  };
}

function parseProperties(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(/[,;]/)
      .map(pair => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1)] as const)
      .filter(([key, value]) => key !== '' && value !== '')
      .map(([key, value]) => [key, unescapeProperty(value)]),
  );
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}
