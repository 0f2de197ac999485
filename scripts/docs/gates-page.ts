import { rulesTable } from '#core/report/rules-table';
import { evidence } from './gates/evidence.ts';
import { people } from './gates/people.ts';

const examples = { ...evidence, ...people };

/** A table as the reviewer’s page has it. */
const rendered = /^\| rule \| verdict \| evidence \|.*\n(?:\|.*\n)+/gm;

/**
 * The page as it is, with each table of rules made anew: by the rules themselves, from facts, under the YAML that stands above it. Throws
 * where a heading has tables of which nobody knows the facts, or the other way round.
 */
export function gatesPage(existing: string): string {
  const seen = new Set<string>();
  const made = sectionsOf(existing).map(section => {
    const [, heading = ''] = /^#{2,3} (.*)$/m.exec(section) ?? [];
    const shown = section.match(rendered)?.length ?? 0;
    const example = Object.hasOwn(examples, heading) ? examples[heading] : undefined;
    if (example === undefined && shown === 0) return section;
    const [, yaml = ''] = /^```yaml\n(.*?)^```/ms.exec(section) ?? [];
    const tables = example?.(yaml) ?? [];
    if (tables.length !== shown) throw new Error(`“${heading}” shows ${shown} examples; there are ${tables.length}`);
    seen.add(heading);
    const left = tables.values();
    return section.replace(rendered, () => `${rulesTable(left.next().value ?? []).replaceAll('|  |', '| |')}\n`);
  });
  const missing = Object.keys(examples).filter(heading => !seen.has(heading));
  if (missing.length > 0) throw new Error(`no heading for the examples of ${missing.join(', ')}`);
  return made.join('');
}

/** At its headings; what an example shows as one is none. */
function sectionsOf(page: string): readonly string[] {
  let fenced = false;
  const sections: string[] = [];
  for (const line of page.split(/(?<=\n)/)) {
    if (line.startsWith('```')) fenced = !fenced;
    if (sections.length === 0 || (!fenced && /^#{2,3} /.test(line))) sections.push(line);
    else sections.push(`${sections.pop()}${line}`);
  }
  return sections;
}
