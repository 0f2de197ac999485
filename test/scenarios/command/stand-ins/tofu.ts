/**
 * OpenTofu as far as command components use it, on lab time: `terraform_data` in `main.tf.json`, the local backend, plan files, locks,
 * one SIGINT. Its words and shapes are those of OpenTofu 1.6.3; scripts/conformance/opentofu holds one against the other.
 *
 * Not as the real one: states are below $OUTSIDE, those of S3 by bucket and key; a lock is the file beside the state alone, so that a
 * story can hold it; files of variables in HCL have texts only; expressions
 * are a whole text such as `${var.name}` or `${terraform_data.a.output}`; several resources change one after the other by name.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from './tofu/apply.ts';
import { plan } from './tofu/plan.ts';
import type { PlanFile } from './tofu/shapes.ts';
import { configuration, readState } from './tofu/state.ts';
import { args, command, dataFolder, file, flags, Refusal, say, version } from './tofu/words.ts';

function init(): number {
  const config = configuration();
  const given = Object.fromEntries(flags('backend-config').map(text => text.split('=', 2) as [string, string]));
  const { local, s3 } = config.terraform?.backend ?? {};
  const object = s3 === undefined ? undefined : `${given.bucket ?? s3.bucket}/${given.key ?? s3.key}`;
  const path = object ?? given.path ?? local?.path ?? 'terraform.tfstate';
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(join(dataFolder, 'backend.json'), JSON.stringify({ path }));
  process.stdout.write('\nInitializing the backend...\n\nOpenTofu has been successfully initialized!\n');
  return 0;
}

async function run(): Promise<number> {
  switch (command) {
    case 'version':
      process.stdout.write(
        JSON.stringify({ terraform_version: version, platform: 'linux_amd64', provider_selections: {} }),
      );
      return 0;
    case 'init':
      return init();
    case 'plan':
      return plan();
    case 'show':
      process.stdout.write(JSON.stringify((JSON.parse(readFileSync(file, 'utf8')) as PlanFile).shown));
      return 0;
    case 'apply':
      return apply();
    case 'state': {
      const state = readState();
      process.stdout.write(state === undefined ? '' : JSON.stringify(state, null, 2));
      return 0;
    }
    default:
      process.stderr.write(`the stand-in has no command ${command}\n`);
      return 64;
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  const { message: summary, detail, address } = error;
  const diagnostic = { severity: 'error', summary, detail, ...(address === undefined ? {} : { address }) };
  if (args.includes('-json')) say('error', `Error: ${summary}`, { diagnostic, type: 'diagnostic' });
  else process.stderr.write(`Error: ${summary}\n\n${detail}\n`);
  process.exitCode = 1;
}
