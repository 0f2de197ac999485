import { type ParseArgsConfig, parseArgs } from 'node:util';
import { FindingError } from '#core/finding';

/** Reads the words of a command. What it does not know is refused: a mistyped option must not be overlooked. */
export function readWords<const Options extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw wrongWords(error instanceof Error ? error.message : String(error));
  }
}

export function wrongWords(message: string): FindingError {
  const next = 'Ask for help: the command with `--help`.';
  return new FindingError([{ reason: 'input-invalid', message, evidence: {}, next }]);
}
