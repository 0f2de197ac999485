import { createCodePipeline } from '#aws/codepipeline';
import { createRhythm } from '#aws/rhythm';
import { concurrently } from '#core/concurrently';
import type { CodePipelineComponent } from '#core/flow/targets/codepipeline';
import type { Opening, OpenTarget } from '../open-target.ts';
import type { DriverSetting } from '../setting.ts';
import { beat, type PipelineContext, type Seen } from './context.ts';
import { createPipelineDriver, createReturningDriver } from './driver.ts';
import { look } from './follow.ts';

/** How many executions are read at the same time. */
const atOnce = 4;

/** One context serves all components of a session, so that they are read in the same beat. */
function createPipelineContext(setting: DriverSetting): PipelineContext {
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
        await concurrently(keys, atOnce, async key => {
          const [name = '', id = ''] = key.split('/');
          const seen = await look({ pipelines }, name, id);
          if (seen !== undefined) found.set(key, seen);
        });
        return found;
      },
    }),
  };
}

export function openTarget({ runtime, session }: Opening): OpenTarget<CodePipelineComponent> {
  const shared = { ...runtime, session: session(), artifacts: {} };
  const context = createPipelineContext(shared);
  return {
    driver: (component, artifacts) => createPipelineDriver(context, { component, commit: runtime.commit, artifacts }),
    restorer: timeout => createReturningDriver(context, timeout),
  };
}
