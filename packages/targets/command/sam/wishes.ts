import { relative } from 'node:path';
import type { Finding } from '#core/finding';
import type { SamComponent } from '#core/flow/targets/command/sam';
import { type StackCapability, stackCapabilities } from '#core/flow/targets/stack';
import type { StackDeclaration } from '../../cloudformation/spec.ts';
import { readSamConfig, type SamConfig } from './samconfig.ts';

/** What is to be deployed and where its code goes, with what samconfig adds to the component. */
export interface SamWishes {
  readonly stack: string;
  readonly bucket: string;
  /** Before the keys of the code: `sam deploy` takes the name of the stack as well. */
  readonly prefix: string;
  readonly declaration: StackDeclaration;
}

export type Wished =
  | { readonly ok: true; readonly wishes: SamWishes }
  | { readonly ok: false; readonly finding: Finding };

/** `folder`: of the component, as an absolute path. What the component says goes before what samconfig says. */
export function wishesOf(component: SamComponent, folder: string, region: string): Wished {
  const { configEnv } = component;
  const read =
    configEnv === undefined
      ? ({ ok: true, config: {} } as const)
      : readSamConfig(folder, relative('.', component.folder), configEnv);
  if (!read.ok) return read;
  const config: SamConfig = read.config;
  if (config.region !== undefined && config.region !== region) {
    const what = `samconfig says the region ${config.region} for \`${configEnv}\`; the release goes to ${region}`;
    return refused(`${what}.`, 'Correct one of the two: nothing was changed in either.');
  }
  const stack = component.stack ?? config.stack;
  const bucket = component.bucket ?? config.bucket;
  if (stack === undefined || bucket === undefined) {
    const missing = stack === undefined ? '`stack`, or stack_name' : '`bucket`, or s3_bucket';
    const next =
      stack === undefined
        ? 'Name it in the component.'
        : 'Name one that is there: `resolve_s3` would make a bucket, which is not for a release to do.';
    return refused(
      `Neither the component ${component.name} nor samconfig (\`${configEnv}\`) says it: ${missing}.`,
      next,
    );
  }
  const capabilities = component.capabilities.length > 0 ? component.capabilities : (config.capabilities ?? []);
  const unknown = capabilities.find(each => !isCapability(each));
  if (unknown !== undefined) return refused(`samconfig names the capability ${unknown}, which there is none of.`);
  const own = Object.entries(config.parameters ?? {}).map(([key, value]) => [key, { from: 'value', value }] as const);
  return {
    ok: true,
    wishes: {
      stack,
      bucket,
      prefix: config.prefix ?? stack,
      declaration: {
        ...component,
        stack,
        templateBucket: bucket,
        imports: [],
        capabilities: capabilities.filter(isCapability),
        parameters: { ...Object.fromEntries(own), ...component.parameters },
        tags: { ...config.tags, ...component.tags },
      },
    },
  };
}

function isCapability(name: string): name is StackCapability {
  return stackCapabilities.some(each => each === name);
}

function refused(message: string, next?: string): Wished {
  return {
    ok: false,
    finding: { reason: 'input-invalid', message, evidence: {}, ...(next === undefined ? {} : { next }) },
  };
}
