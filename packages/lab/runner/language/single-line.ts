import { parse } from 'yaml';

/**
 * The same YAML with every text on one line (JSON is YAML). The parser package takes texts that span lines from the source
 * as it stands when they hold an expression: with their indentation, unfolded, with quotes and escapes. GitHub does not.
 * So a file is parsed twice: as it is for what is wrong and where, and like this for its values.
 */
export function onSingleLines(content: string): string {
  return JSON.stringify(parse(content, { uniqueKeys: false }));
}
