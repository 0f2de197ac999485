import { isTemplateList, isTemplateMapping, type Template } from './template.ts';

const EMPTY: ReadonlyMap<string, Template> = new Map();

/** The entries of a mapping that the schema has already made sure of; anything else has none. */
export function entriesOf(template: Template | undefined): ReadonlyMap<string, Template> {
  return isTemplateMapping(template) ? template.entries : EMPTY;
}

export function listOf(template: Template | undefined): readonly Template[] {
  return isTemplateList(template) ? template.items : [];
}

/** A list of texts, or the one text that may stand for it. */
export function texts(template: Template | undefined): readonly string[] {
  if (typeof template === 'string') return [template];
  return listOf(template).filter(item => typeof item === 'string');
}
