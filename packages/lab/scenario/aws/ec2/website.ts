import type { AwsLab } from '../../../assembly/aws.ts';
import type { Applications } from '../../../assembly/build-actions.ts';
import { repositoryOf } from '../../../aws/codepipeline/actions.ts';
import type { Sources } from '../../../aws/codepipeline/ports.ts';
import type { Pipeline } from '../../../aws/codepipeline/state.ts';
import type { AppBehaviour, HttpReply } from '../../../aws/ecs/behaviour.ts';
import { answerOf, type Reply, reply } from '../../../aws/ecs/traffic.ts';
import type { Target } from '../../../aws/elbv2/state.ts';
import type { World } from '../../schema.ts';
import { usualRequests } from '../../traffic.ts';

type Spec = NonNullable<World['aws']['websites']>[number];

/** ms of an answer whose application says no latency. */
const usualLatency = 80;

/**
 * Instances behind a load balancer. They run what the stage of a pipeline deployed last: the version in a JSON file of that commit.
 * What takes the time of a deployment is the pipeline’s action; a website changes when that has ended.
 */
export function prepareWebsites(
  aws: AwsLab,
  sources: Sources,
  { aws: world }: World,
  applications: Applications,
): void {
  for (const spec of world.websites ?? []) prepareWebsite(aws, sources, world.region, spec, applications);
}

function prepareWebsite(aws: AwsLab, sources: Sources, region: string, spec: Spec, applications: Applications): void {
  const { account, host, instances } = spec;
  const pipeline = aws.pipelines.pipeline({ account, region }, spec.pipeline);
  const counts = new Map<string, number>();
  const behaviourAt = (time: number): AppBehaviour | undefined => {
    const version = versionAt(sources, pipeline, spec, time);
    return version === undefined ? undefined : applications(spec.application, version, account);
  };
  const targets = (time: number): readonly Target[] => {
    const { http } = behaviourAt(time) ?? {};
    const well = behaviourAt(time) !== undefined && (http?.routes?.[spec['health-check']]?.status ?? 200) === 200;
    return instances.map(id => ({ id, port: 80, state: well ? 'healthy' : 'unhealthy' }));
  };
  aws.answerers.push((asked, path): Reply | undefined => {
    if (asked !== host) return undefined;
    const behaviour = behaviourAt(aws.now());
    return behaviour === undefined
      ? reply({ status: 502, body: '502 Bad Gateway' })
      : answerOf(behaviour, counts, path);
  });
  aws.websites.set(host, () => [behaviourAt(aws.now())?.version ?? 'none']);
  measure(aws, region, spec, { behaviourAt, targets });
}

/** Of the run of the stage that had ended well last by then; what runs from before any run is the version that is said. */
function versionAt(sources: Sources, { executions, declaration }: Pipeline, spec: Spec, time: number) {
  const source = declaration.stages?.[0]?.actions?.[0];
  const ended = executions
    .flatMap(execution => execution.runs)
    .filter(run => run.stage === spec.stage && run.status === 'Succeeded')
    .map(run => ({ run, at: Math.max(...run.actions.map(action => action.updatedAt)) }))
    .filter(({ at }) => at <= time)
    .toSorted((one, other) => one.at - other.at)
    .at(-1);
  const sha = ended?.run.execution.revisions[0]?.sha;
  if (sha === undefined || source === undefined) return spec.version;
  const text = sources.readFile(repositoryOf(source).repository, sha, spec.file);
  if (text === undefined) throw new Error(`${spec.host}: the commit ${sha} has no ${spec.file}`);
  const { version } = JSON.parse(text) as { readonly version?: string };
  return version;
}

/** What the instances behind a host say that they are; undefined where there is no website. */
export function versionOfWebsite({ aws }: { readonly aws: AwsLab }, host: string): readonly string[] | undefined {
  return aws.websites.get(host)?.();
}

interface Seen {
  readonly behaviourAt: (time: number) => AppBehaviour | undefined;
  readonly targets: (time: number) => readonly Target[];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
function measure(aws: AwsLab, region: string, spec: Spec, { behaviourAt, targets }: Seen): void {
  const elb = aws.elb.at(spec.account, region);
  const balancer = elb.addLoadBalancer(spec['load-balancer']);
  const group = elb.addTargetGroup(spec['target-group'], { healthCheckPath: spec['health-check'] });
  elb.addListener(balancer, 80, { [group]: 1 });
  elb.followTargets(group, () => targets(aws.now()));
  const perBalancer = { LoadBalancer: balancer.replace(/^.*:loadbalancer\//, '') };
  const perTarget = { ...perBalancer, TargetGroup: group.split(':').at(-1) ?? '' };
  const cloudwatch = aws.cloudwatch.at(spec.account, region);
  const namespace = 'AWS/ApplicationELB';
  const failing = (time: number) => {
    const errors = Math.round(usualRequests * failingShare(behaviourAt(time)));
    return errors === 0 ? undefined : errors;
  };
  for (const dimensions of [perBalancer, perTarget]) {
    cloudwatch.putSeries({ namespace, name: 'RequestCount', dimensions, at: () => usualRequests });
    cloudwatch.putSeries({ namespace, name: 'HTTPCode_Target_5XX_Count', dimensions, at: failing });
    const latency = (time: number) => (behaviourAt(time)?.http?.latency ?? usualLatency) / 1000;
    cloudwatch.putSeries({ namespace, name: 'TargetResponseTime', dimensions, at: latency });
  }
  cloudwatch.putSeries({ namespace, name: 'HTTPCode_ELB_5XX_Count', dimensions: perBalancer, at: () => undefined });
  const unhealthy = (time: number) => targets(time).filter(({ state }) => state === 'unhealthy').length;
  cloudwatch.putSeries({ namespace, name: 'UnHealthyHostCount', dimensions: perTarget, at: unhealthy });
}

function failingShare(behaviour: AppBehaviour | undefined): number {
  const replies: readonly HttpReply[] = [behaviour?.http ?? {}, ...Object.values(behaviour?.http?.routes ?? {})];
  const shares = replies.map(({ status = 200, errors = 0 }) => (status >= 500 ? 1 : errors / 100));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
