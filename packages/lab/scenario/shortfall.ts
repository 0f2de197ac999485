/** What fell short, in sentences: empty when nothing did. */

export function differs(what: string, wanted: unknown, found: unknown): readonly string[] {
  if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(found)) return [];
  return [`${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
}

export function lacks(what: string, wanted: string | readonly string[] | undefined, text: string): readonly string[] {
  return [wanted ?? []]
    .flat()
    .filter(part => !text.includes(part))
    .map(part => `${what} lacks “${part}”:\n${indent(text)}`);
}

export function holds(what: string, unwanted: string | readonly string[] | undefined, text: string): readonly string[] {
  return [unwanted ?? []]
    .flat()
    .filter(part => text.includes(part))
    .map(part => `${what} holds “${part}”`);
}

export function indent(text: string): string {
  return text
    .split('\n')
    .slice(-40)
    .map(line => `      ${line}`)
    .join('\n');
}
