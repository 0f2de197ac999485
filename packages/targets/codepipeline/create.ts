import { createCodePipeline } from '#aws/codepipeline';
import { createRhythm } from '#aws/rhythm';
import type { CodePipelineComponent } from '#core/flow/targets/codepipeline';
import type { Driver } from '#core/target';
import type { DriverSetting } from '../setting.ts';
import { beat, type PipelineContext, type Seen } from './context.ts';
import { createPipelineDriver, createReturningDriver } from './driver.ts';
import { look } from './follow.ts';

/** How many executions are read at the same time. */
const atOnce = 4;

/** One context serves all components of a session, so that they are read in the same beat. */
export function createPipelineContext(setting: DriverSetting): PipelineContext {
  const { session, clock, random, report, signal, runToken } = setting;
  const pipelines = createCodePipeline(session);
  return {
    pipelines,
    clock,
    random,
    report,
    signal,
    runToken,
    region: session.region,
    builds: async region => {
      const { createCodeBuild } = await import('#aws/codebuild');
      return createCodeBuild({ ...session, region });
    },
    logs: async region => {
      const { createLogs } = await import('#aws/logs');
      return createLogs({ ...session, region });
    },
    executions: createRhythm<Seen>({
      clock,
      random,
      interval: beat,
      signal,
      load: async keys => {
        const found = new Map<string, Seen>();
        const queue = keys.values();
        const work = async () => {
          for (const key of queue) {
            const [name = '', id = ''] = key.split('/');
            const seen = await look({ pipelines }, name, id);
            if (seen !== undefined) found.set(key, seen);
          }
        };
        await Promise.all(Array.from({ length: atOnce }, work));
        return found;
      },
    }),
  };
}

export function createDriver(
  component: CodePipelineComponent,
  setting: DriverSetting,
  context: PipelineContext,
): Driver {
  const { commit, artifacts } = setting;
  return createPipelineDriver(context, { component, commit, artifacts });
}

/** Restores any snapshot of CodePipeline: it names its pipeline itself. */
export function createRestoringDriver(
  setting: DriverSetting,
  timeout: number,
  context: PipelineContext = createPipelineContext(setting),
): Driver {
  return createReturningDriver(context, timeout);
}
