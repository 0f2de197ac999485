import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsSession } from '#aws/session';
import type { Finding } from '#core/finding';
import type { SamComponent } from '#core/flow/targets/command/sam';
import type { Artifacts } from '#core/release';
import type { Driver, Preparation } from '#core/target';
import { handoverOf, stackContext } from '../../cloudformation/create.ts';
import { createStackDriver } from '../../cloudformation/driver.ts';
import { policyOf, stackSpec } from '../../cloudformation/spec.ts';
import { type CommandSetting, createToolbox, type Toolbox } from '../run/toolbox.ts';
import { builtTemplate, createSam, type Made } from './cli.ts';
import { wishesOf } from './wishes.ts';

export interface SamDriverSetting extends CommandSetting {
  readonly session: AwsSession;
  readonly artifacts: Artifacts;
}

/**
 * The SAM CLI builds and uploads; the stack is then changed as by the target cloudformation, so that everything that holds there holds
 * here: the change set that people see, the guard of data, adoption, the way back. Its receipt is one of that target: going back
 * needs neither the SAM CLI nor the build.
 */
export function createSamDriver(component: SamComponent, setting: SamDriverSetting): Driver {
  const context = stackContext(setting, setting.session);
  const deadline = setting.clock.now() + component.timeout;
  const left = () => Math.max(1, deadline - setting.clock.now());

  return {
    async prepare() {
      const toolbox = createToolbox(setting, component);
      const problems = toolbox.problems();
      if (problems.length > 0) return refused(...problems);
      const wished = wishesOf(component, toolbox.folder, setting.session.region);
      if (!wished.ok) return refused(wished.finding);
      const found = toolbox.find('sam');
      if (!found.ok) return refused(found.finding);
      await toolbox.ready();
      const timeLeft = () => Math.min(component.stepTimeout ?? left(), left());
      const sam = createSam({ component, toolbox, program: found.program, timeLeft });
      const built = component.artifact === undefined ? await build(toolbox) : await handedOver();
      if (!built.ok) return refused(built.finding);
      const { bucket, prefix, declaration } = wished.wishes;
      const packaged = await sam.package(built.text, { bucket, prefix, region: setting.session.region });
      if (!packaged.ok) return refused(packaged.finding);
      const spec = stackSpec(
        { ...declaration, timeout: left() },
        {
          artifacts: setting.artifacts,
          readFile: () => packaged.text,
          environment: setting.variables,
          mask: setting.mask,
        },
      );
      return createStackDriver(context, spec, spec.policy, handoverOf(component, setting, 'sam')).prepare();

      async function build({ folder }: Toolbox): Promise<Made> {
        const template = join(folder, component.template);
        return existsSync(template) ? sam.build() : { ok: false, finding: noTemplate(component, template) };
      }
    },

    restore: (snapshot, cause) => createStackDriver(context, undefined, policyOf(component)).restore(snapshot, cause),
  };

  /** Exactly what the build has made, by its digest: nothing is built here. */
  async function handedOver(): Promise<Made> {
    const template = join(await setting.filesOf(setting.artifacts), builtTemplate);
    if (existsSync(template)) return { ok: true, text: template };
    const message = `The artifact ${component.artifact} of ${component.name} has no ${builtTemplate} at its top.`;
    const next = 'Upload the folder `.aws-sam/build` that `sam build` has made, with `include-hidden-files: true`.';
    return { ok: false, finding: { reason: 'artifact-unknown', message, evidence: { file: builtTemplate }, next } };
  }
}

function refused(...findings: readonly Finding[]): Preparation {
  return { kind: 'refused', findings };
}

function noTemplate({ name }: SamComponent, file: string): Finding {
  const message = `The template of ${name} is not there: ${file}.`;
  const next = 'Check out the repository in this job before this step, and write `template` from `folder`.';
  return { reason: 'input-invalid', message, evidence: { file }, next };
}
