/**
 * Stands in for the SAM CLI where nobody has installed it: `sam build` of Node functions without dependencies, `sam package` to the S3
 * that AWS_ENDPOINT_URL names, with the keys, templates, words and exit codes of SAM CLI 1.170.0. scripts/conformance/sam holds one
 * against the other. What it does not model, it says and ends with 99.
 *
 * Not as the real one: npm is not run, so a package.json is only read; zips are not compressed.
 */
import { build } from './build.ts';
import { packageTemplate } from './package.ts';
import { Refusal, readFlags } from './words.ts';

try {
  const [command = '', ...args] = process.argv.slice(2);
  switch (command) {
    case 'build':
      build(readFlags(args, ['template-file', 'build-dir', 'config-env']));
      break;
    case 'package':
      await packageTemplate(
        readFlags(args, [
          'template-file',
          'output-template-file',
          's3-bucket',
          's3-prefix',
          'region',
          'no-progressbar',
        ]),
      );
      break;
    default:
      throw new Refusal(`the lab’s sam does not model \`sam ${command}\``, 99);
  }
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`Error: ${error.message}\n`);
  process.exitCode = error.code;
}
