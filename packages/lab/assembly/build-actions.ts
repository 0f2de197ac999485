import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppBehaviour } from '../aws/ecs/behaviour.ts';
import type { KnownActions } from '../runner/known-actions/known-action.ts';
import type { AwsLab } from './aws.ts';

/** What images do when they run, by the name and version in the `package.json` of their build context. */
export type Applications = (name: string, version: string, account: string) => AppBehaviour;

const tagged = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[\w-]+)\.amazonaws\.com\/(?<repository>[^:]+):(?<tag>.+)$/;

/** The actions of a caller’s build job: the image is what its version says, and is pushed to the lab’s registries. */
export function buildActions(aws: AwsLab, applications: Applications): KnownActions {
  return {
    'aws-actions/configure-aws-credentials': {
      inputs: { 'role-to-assume': '', 'aws-region': '' },
      run: call => call.log(`Assumed ${call.inputs['role-to-assume']}`),
    },
    'aws-actions/amazon-ecr-login': {
      inputs: { registries: '' },
      run: call => call.log(`Logged in to ${call.inputs.registries}`),
    },
    'docker/build-push-action': {
      inputs: { context: '.', push: 'false', tags: '' },
      run(call) {
        const context = join(call.workspace, call.inputs.context ?? '.');
        const { name, version } = JSON.parse(readFileSync(join(context, 'package.json'), 'utf8')) as Manifest;
        const content = `${name}@${version} of ${call.sha}`;
        let digest = '';
        for (const tag of (call.inputs.tags ?? '').split('\n').filter(line => line.trim() !== '')) {
          const { account = '', region = '', repository = '', tag: label = '' } = tagged.exec(tag.trim())?.groups ?? {};
          digest = aws.ecr.push({ account, region, repository, tags: [label], content });
          call.log(`pushed ${repository}:${label}@${digest}`);
        }
        aws.behaviours.set(digest, account => applications(name, version, account));
        call.setOutput('digest', digest);
      },
    },
  };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
}
