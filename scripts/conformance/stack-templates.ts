import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whatever its name: it has resources, and one of them is of AWS. */
const isTemplate = (text: string) =>
  /^["\s]*Resources["\s]*:/m.test(text) && /["\s{]Type["\s]*:\s*["']?AWS::\w+::/.test(text);

/** Every template of CloudFormation or SAM below a folder, from the root. */
export function stackTemplates(root: string, folder: string): readonly string[] {
  return globSync(`${folder}/**/*.{yml,yaml,json,template}`, { cwd: root, exclude: ['**/node_modules'] })
    .filter(file => isTemplate(readFileSync(join(root, file), 'utf8')))
    .toSorted();
}
