import { FindingError } from '#core/finding';
import type { CloudFormationComponent, StackImport } from '#core/flow/targets/cloudformation';
import type { StackCapability, StackWishes } from '#core/flow/targets/stack';
import type { Artifacts } from '#core/release';

/** A stack as it is wanted, with nothing left to look up but the account. */
export interface StackSpec {
  readonly stack: string;
  /** The file, for places in errors, and what is in it. */
  readonly template: { readonly file: string; readonly body: string };
  readonly templateBucket: string | undefined;
  readonly parameters: ReadonlyMap<string, GivenParameter>;
  readonly capabilities: readonly StackCapability[];
  readonly tags: Readonly<Record<string, string>>;
  readonly imports: readonly StackImport[];
  readonly policy: StackPolicy;
}

export interface GivenParameter {
  readonly value: string;
  readonly secret: boolean;
}

/** What the component says besides the stack itself; a way back without its component has the strictest. */
export interface StackPolicy {
  /** For the whole change, in ms. */
  readonly timeout: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly allowReplacement: readonly string[];
  readonly allowRemoval: readonly string[];
  readonly onDrift: 'ignore' | 'warn' | 'refuse';
  readonly whenMissing: 'create' | 'refuse';
}

/** What a stack is wanted to be, by whichever component. */
export type StackDeclaration = StackWishes &
  Pick<CloudFormationComponent, 'name' | 'timeout' | 'stack' | 'template' | 'templateBucket' | 'imports'>;

export interface SpecSources {
  readonly artifacts: Artifacts;
  readonly readFile: (path: string) => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly mask: (secret: string) => void;
}

/** Joins the component with its file, the build and the step’s secrets. Throws a `FindingError` for what is missing. */
export function stackSpec(component: StackDeclaration, sources: SpecSources): StackSpec {
  const { stack, template, templateBucket, capabilities, tags, imports } = component;
  const parameters = new Map(
    Object.keys(component.parameters).map(key => [key, parameterValue(component, key, sources)] as const),
  );
  return {
    ...{ stack, templateBucket, capabilities, tags, imports, parameters },
    template: { file: template, body: sources.readFile(template) },
    policy: policyOf(component),
  };
}

export function policyOf({
  timeout,
  outputs,
  allowReplacement,
  allowRemoval,
  onDrift,
  whenMissing,
}: StackWishes & Pick<CloudFormationComponent, 'timeout'>): StackPolicy {
  return { timeout, outputs, allowReplacement, allowRemoval, onDrift, whenMissing };
}

function parameterValue(
  component: Pick<StackDeclaration, 'name' | 'parameters'>,
  key: string,
  sources: SpecSources,
): GivenParameter {
  const source = component.parameters[key];
  switch (source?.from) {
    case 'value':
      return { value: source.value, secret: false };
    case 'build': {
      const digest = sources.artifacts.image;
      if (digest !== undefined) return { value: `${source.prefix}${digest}`, secret: false };
      const message = `No image digest was handed over for the component ${component.name}, and none is recorded for this commit.`;
      throw new FindingError([
        { reason: 'artifact-unknown', message, evidence: { component: component.name, parameter: key } },
      ]);
    }
    case 'secret': {
      const value = sources.environment[source.variable];
      if (value !== undefined && value !== '') {
        sources.mask(value);
        return { value, secret: true };
      }
      const message = `The parameter ${key} comes from the environment variable ${source.variable}, which is empty.`;
      const next = `Give the step \`env: { ${source.variable}: \${{ secrets.… }} }\`.`;
      throw new FindingError([
        { reason: 'input-invalid', message, evidence: { parameter: key, variable: source.variable }, next },
      ]);
    }
    default:
      throw new Error(`the parameter ${key} has no source`);
  }
}
