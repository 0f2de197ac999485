import type { Alarm } from '#aws/cloudwatch';
import { createLambda, type FunctionState, type Provisioned } from '#aws/lambda';
import { createRhythm } from '#aws/rhythm';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import type { Driver } from '#core/target';
import type { Opening, OpenTarget } from '../open-target.ts';
import type { DriverSetting } from '../setting.ts';
import { type LambdaContext, type Read, readKey } from './context.ts';
import { createLambdaDriver, restore } from './driver.ts';
import { codeOf } from './spec.ts';

/** Between two looks at functions that are updated, in ms: updates take seconds, and GetFunction has a bucket of its own. */
const stateBeat = 2_000;

/** Provisioned concurrency takes minutes, and is read out of the bucket that everybody shares. */
const provisionedBeat = 8_000;

/** All alarms are read in one call. */
const alarmBeat = 8_000;

/** One context serves all components of a session, so that they share beats and buckets. */
function createLambdaContext(setting: DriverSetting): LambdaContext {
  const { session, clock, random, report, signal } = setting;
  const lambda = createLambda(session);
  const cloudwatch = async () => {
    const { createCloudWatch } = await import('#aws/cloudwatch');
    return createCloudWatch(session);
  };
  const common = { clock, random, signal };
  return {
    lambda,
    clock,
    report,
    signal,
    cloudwatch,
    logs: async () => {
      const { createLogs } = await import('#aws/logs');
      return createLogs(session);
    },
    states: createRhythm<Read<FunctionState>>({
      ...common,
      interval: stateBeat,
      load: keys => loadEach(keys, (name, qualifier) => lambda.getFunction(name, qualifier)),
    }),
    provisioned: createRhythm<Read<Provisioned>>({
      ...common,
      interval: provisionedBeat,
      load: keys => loadEach(keys, (name, alias = '') => lambda.getProvisioned(name, alias)),
    }),
    alarms: createRhythm<Alarm>({
      ...common,
      interval: alarmBeat,
      load: async names => {
        const found = await (await cloudwatch()).alarmsNamed(names);
        return new Map(found.map(alarm => [alarm.AlarmName ?? '', alarm] as const));
      },
    }),
  };
}

/** Restores any snapshot of Lambda: it names its function and alias itself. */
function createRestoringDriver(context: LambdaContext, timeout: number): Driver {
  return {
    prepare: () => Promise.reject(new Error('a driver that only restores has nothing to prepare')),
    restore: snapshot => restore(context, snapshot, timeout),
  };
}

/** Lambda describes one function a call; the pace of the client keeps them within the bucket. */
async function loadEach<V>(
  keys: readonly string[],
  load: (name: string, qualifier: string | undefined) => Promise<V | undefined>,
): Promise<ReadonlyMap<string, Read<V>>> {
  const read = async (key: string): Promise<Read<V>> =>
    load(...readKey(key)).then(
      value => ({ value }),
      (error: unknown) => ({ error }),
    );
  return new Map(await Promise.all(keys.map(async key => [key, await read(key)] as const)));
}

export function openTarget({ runtime, session }: Opening): OpenTarget<LambdaComponent> {
  const shared = { ...runtime, session: session(), artifacts: {} };
  const context = createLambdaContext(shared);
  return {
    driver: (component, artifacts) =>
      createLambdaDriver(context, component, functionArn => codeOf(component, { ...shared, artifacts }, functionArn)),
    restorer: timeout => createRestoringDriver(context, timeout),
    async missing(snapshot) {
      const { missingOf } = await import('./missing.ts');
      return missingOf(context, shared.session, snapshot);
    },
  };
}
