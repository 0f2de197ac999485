/** Writes the schemas of the flow file and of a policy; with `--check`, exits 1 when one is not what would be written. */
import { readFileSync, writeFileSync } from 'node:fs';
import { flowJsonSchema, policyJsonSchema } from '#core/flow/json-schema';

const schemas = {
  'schema/release-flow.schema.json': flowJsonSchema(),
  'schema/release-policy.schema.json': policyJsonSchema(),
};

for (const [name, schema] of Object.entries(schemas)) {
  const file = new URL(`../${name}`, import.meta.url);
  const wanted = `${JSON.stringify(schema, null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, wanted);
  } else if (readExisting(file) !== wanted) {
    console.error(`${name} is stale: run \`node scripts/generate-schema.ts\` and commit the result`);
    process.exitCode = 1;
  }
}

function readExisting(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
