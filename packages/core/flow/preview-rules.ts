import { override } from './component-rules.ts';
import type { Mistake } from './problem.ts';
import { asRecord, type RawRecord, recordsIn } from './raw.ts';

/** Who makes a plan before anybody is asked must not be able to change anything. */
export function checkPreviews(environment: string, values: RawRecord, file: RawRecord): readonly Mistake[] {
  if (values['read-role'] !== undefined) return [];
  const overrides = asRecord(values.components);
  return previewedNames(asRecord(file.components), overrides).map((name): Mistake => {
    const path = ['environments', environment];
    const own = Object.hasOwn(asRecord(overrides[name]), 'preview');
    return {
      path: own ? [...path, 'components', name, 'preview'] : path,
      message: `${own ? '' : `\`${name}\` has \`preview\`, which `}needs \`read-role\`: who makes the plan before anybody is asked may only read`,
      hint: `give ${environment} a \`read-role\`, or \`${name}\` \`preview: false\` there`,
      at: 'key',
    };
  });
}

/** The components whose plans an environment wants to have shown first, with what it overrides of them. */
export function previewedNames(components: RawRecord, overrides: RawRecord): readonly string[] {
  return recordsIn(components)
    .filter(([name, declaration]) => {
      const over = Object.hasOwn(overrides, name) ? asRecord(overrides[name]) : {};
      return override(declaration, over).preview === true;
    })
    .map(([name]) => name);
}
