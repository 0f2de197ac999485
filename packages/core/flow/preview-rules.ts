import { override } from './component-rules.ts';
import type { Mistake } from './problem.ts';
import { asRecord, type RawRecord, recordsIn } from './raw.ts';

/** Who makes a plan before anybody is asked must not be able to change anything. */
export function checkPreviews(environment: string, values: RawRecord, file: RawRecord): readonly Mistake[] {
  if (values['read-role'] !== undefined) return [];
  const overrides = asRecord(values.components);
  return recordsIn(file.components).flatMap(([name, declaration]): readonly Mistake[] => {
    const over = Object.hasOwn(overrides, name) ? asRecord(overrides[name]) : {};
    if (override(declaration, over).preview !== true) return [];
    const path = ['environments', environment];
    const own = Object.hasOwn(over, 'preview');
    return [
      {
        path: own ? [...path, 'components', name, 'preview'] : path,
        message: `${own ? '' : `\`${name}\` has \`preview\`, which `}needs \`read-role\`: who makes the plan before anybody is asked may only read`,
        hint: `give ${environment} a \`read-role\`, or \`${name}\` \`preview: false\` there`,
        at: 'key',
      },
    ];
  });
}
