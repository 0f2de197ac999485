import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppBehaviour } from '../aws/ecs/behaviour.ts';
import type { KnownAction, KnownActionCall, KnownActions } from '../runner/known-actions/known-action.ts';
import type { AwsLab } from './aws.ts';
import type { OidcIssuer } from './oidc.ts';

/**
 * What images do when they run, by the name and version in the `package.json` of their build context; undefined when nobody has
 * said it.
 */
export type Applications = (name: string, version: string, account: string) => AppBehaviour | undefined;

export interface BuildActionsOptions {
  readonly aws: AwsLab;
  readonly applications: Applications;
  readonly oidc: Pick<OidcIssuer, 'tokenOf'>;
  readonly now: () => number;
  readonly onDefect: (text: string) => void;
}

/** The machine that a job runs on: whom it speaks for, and where it has logged in. */
interface Machine {
  readonly principal: string;
  readonly registries: Set<string>;
}

const tagged = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[\w-]+)\.amazonaws\.com\/(?<repository>[^:]+):(?<tag>.+)$/;

/** The actions of a caller’s build job: the image is what its version says, and is pushed to the lab’s registries. */
export function buildActions({ aws, applications, oidc, now, onDefect }: BuildActionsOptions): KnownActions {
  const machines = new Map<number, Machine>();

  /**
   * https://github.com/aws-actions/configure-aws-credentials : the job’s own OIDC token, at the lab’s STS. Not over
   * the wire, whose calls and faults are those of the suite.
   */
  async function configureCredentials(call: KnownActionCall): Promise<void> {
    const { 'role-to-assume': role = '', 'aws-region': region = '' } = call.inputs;
    if (region === '') throw new Error('Input required and not supplied: aws-region');
    const token = oidc.tokenOf(call.origin, 'sts.amazonaws.com');
    if (token === undefined) {
      throw new Error('Credentials could not be loaded: the job has no permission `id-token: write`');
    }
    const principal = await assumeRole(aws, role, token, now());
    machines.set(call.origin.jobId, { principal, registries: new Set() });
    call.setEnv('AWS_REGION', region);
    call.setEnv('AWS_DEFAULT_REGION', region);
    call.log(`Authenticated as ${principal}`);
  }

  /** https://github.com/aws-actions/amazon-ecr-login : that of the caller’s account unless `registries` names others. */
  function logIn(call: KnownActionCall): void {
    const machine = machines.get(call.origin.jobId);
    if (machine === undefined) throw new Error('Could not load credentials from any providers');
    const own = machine.principal.split(':')[4] ?? '';
    const named = (call.inputs.registries ?? '').split(',').map(account => account.trim());
    for (const account of named.join('') === '' ? [own] : named) {
      if (!/^\d{12}$/.test(account)) throw new Error(`${account} is no account`);
      machine.registries.add(account);
      call.log(`Logged in to ${account}`);
    }
  }

  /** https://github.com/docker/build-push-action */
  function buildAndPush(call: KnownActionCall): void {
    const { context = '.', push = 'false', tags = '', provenance = '' } = call.inputs;
    if (!['', 'false'].includes(provenance)) throw new Error(`the lab does not model provenance: ${provenance}`);
    const { name, version } = JSON.parse(
      readFileSync(join(call.workspace, context, 'package.json'), 'utf8'),
    ) as Manifest;
    if (!['true', 'false'].includes(push)) throw new Error(`push is true or false, not ${push}`);
    const references = tags
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(readTag);
    if (push === 'false') {
      call.log(`built ${name} ${version}, and pushed it nowhere`);
      return;
    }
    if (references.length === 0) throw new Error('tag is needed when pushing to registry');
    const registries = machines.get(call.origin.jobId)?.registries;
    // No two builds are the same: layers hold the times of their files.
    const { runId, attempt } = call.origin;
    const content = `${name}@${version} of ${call.sha}, built by ${runId}.${attempt}`;
    let digest = '';
    for (const { account, region, repository, tag } of references) {
      if (registries?.has(account) !== true)
        throw new Error(`push access denied to ${account}: no basic auth credentials`);
      if (applications(name, version, account) === undefined) {
        onDefect(`the scenario does not say what ${name} ${version} does in ${account}`);
      }
      digest = aws.ecr.push({ account, region, repository, tags: [tag], content });
      call.log(`pushed ${repository}:${tag}@${digest}`);
    }
    aws.behaviours.set(digest, account => applications(name, version, account));
    call.setOutput('digest', digest);
  }

  return {
    'aws-actions/configure-aws-credentials': strict({ 'role-to-assume': '', 'aws-region': '' }, configureCredentials),
    'aws-actions/amazon-ecr-login': strict({ registries: '' }, logIn),
    'docker/build-push-action': strict({ context: '.', push: 'false', tags: '', provenance: '' }, buildAndPush),
    'pulumi/actions': strict({ 'pulumi-version': '' }, installPulumi),
    'hashicorp/setup-terraform': strict({ terraform_version: 'latest', terraform_wrapper: 'true' }, installTerraform),
  };
}

/** https://github.com/pulumi/actions : without a `command` it only installs the CLI, which the scenario has on PATH as one of its `tools`. */
function installPulumi({ inputs, log }: KnownActionCall): void {
  log(`Pulumi ${inputs['pulumi-version'] || 'latest'} is on PATH`);
}

/** https://github.com/hashicorp/setup-terraform : its wrapper would swallow exit codes, and is not played. */
function installTerraform({ inputs, log }: KnownActionCall): void {
  if (inputs.terraform_wrapper !== 'false') throw new Error('the lab does not model the wrapper of setup-terraform');
  log(`Terraform ${inputs.terraform_version} is on PATH`);
}

/** Answers whom the session speaks for. */
async function assumeRole({ sts }: AwsLab, role: string, token: string, now: number): Promise<string> {
  const assume = sts.service.operations.AssumeRoleWithWebIdentity;
  if (assume === undefined) throw new Error('the lab’s STS has no AssumeRoleWithWebIdentity');
  const input = { RoleArn: role, RoleSessionName: 'GitHubActions', WebIdentityToken: token, DurationSeconds: 3600 };
  const caller = { now, account: '', region: '', principal: 'anonymous' };
  // What the wire layer has checked by the schema for everybody else.
  const assumed = (await assume(input as never, caller)) as { readonly AssumedRoleUser: { readonly Arn: string } };
  return assumed.AssumedRoleUser.Arn;
}

/** An action that refuses every input that the lab does not play: it would be passed over without a word. */
function strict(inputs: KnownAction['inputs'], run: NonNullable<KnownAction['run']>): KnownAction {
  return {
    inputs,
    run(call) {
      const unknown = Object.keys(call.inputs).filter(name => !(name in inputs));
      if (unknown.length > 0) throw new Error(`the lab does not model the inputs ${unknown.join(', ')} of this action`);
      return run(call);
    },
  };
}

function readTag(text: string) {
  const { account, region, repository, tag } = tagged.exec(text.trim())?.groups ?? {};
  if (account === undefined || region === undefined || repository === undefined || tag === undefined) {
    throw new Error(`the lab has no registry for ${text.trim()}`);
  }
  return { account, region, repository, tag };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
}
