import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expandTransforms } from '../../../packages/lab/aws/cloudformation/serverless/expand.ts';
import { parseTemplate } from '../../../packages/lab/aws/cloudformation/template/parse.ts';

/** Prints what aws-sam-translator makes of the template on its standard input. It is what CloudFormation runs, and comes with the CLI. */
const translate = `
import json, os, sys
os.environ['AWS_DEFAULT_REGION'] = 'us-east-1'
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse
class NoManagedPolicies:
    def load(self):
        return {}
print(json.dumps(transform(yaml_parse(sys.stdin.read()), {}, NoManagedPolicies())))
`;

/** Templates as they are built, and one as it is written. */
export function compareTransforms(sam: string, templates: readonly string[]): readonly string[] {
  return templates.flatMap(template => compareTransform(sam, template));
}

/** The lab’s transform against the real one, resource by resource. */
function compareTransform(sam: string, built: string): readonly string[] {
  // As sam package would write it: the transform reads no other code.
  const body = readFileSync(built, 'utf8').replaceAll(/CodeUri: (\w+)\/?/g, 'CodeUri: s3://notes-artifacts/notes/$1');
  const python = join(dirname(sam), 'python3');
  const ended = spawnSync(python, ['-c', translate], { input: body, encoding: 'utf8' });
  if (ended.status !== 0) return [`aws-sam-translator: ${ended.stderr}`];
  const { Resources: theirs } = JSON.parse(ended.stdout) as { readonly Resources: Readonly<Record<string, unknown>> };
  const expanded = expandTransforms(parseTemplate(body));
  if (!expanded.ok) return [`the lab’s transform: ${expanded.reason}`];
  const ours = JSON.parse(JSON.stringify(expanded.template.resources)) as Readonly<Record<string, unknown>>;
  const ids = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...ids]
    .filter(id => !isDeepStrictEqual(theirs[id], ours[id]))
    .map(id => `${id}: the transform makes ${JSON.stringify(theirs[id])}\nand the lab ${JSON.stringify(ours[id])}`);
}
