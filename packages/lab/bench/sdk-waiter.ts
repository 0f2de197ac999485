/**
 * The other side of the comparison: registers and updates as any deployment has to, then waits as the most used action does, with the SDK's own
 * `waitUntilServicesStable` at its defaults (15 s minimum delay) for thirty minutes. Run as a process of its own.
 */
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  waitUntilServicesStable,
} from '@aws-sdk/client-ecs';

const { CLUSTER: cluster, SERVICE: service = '', IMAGE: image = '' } = process.env;
const client = new ECSClient({});

const { services } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
const running = services?.[0]?.taskDefinition;
const { taskDefinition: base } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: running }));
const { family, networkMode, requiresCompatibilities, cpu, memory, executionRoleArn } = base ?? {};
const { taskDefinition } = await client.send(
  new RegisterTaskDefinitionCommand({
    ...{ family, networkMode, requiresCompatibilities, cpu, memory, executionRoleArn },
    containerDefinitions: (base?.containerDefinitions ?? []).map(container => ({ ...container, image })),
  }),
);
await client.send(new UpdateServiceCommand({ cluster, service, taskDefinition: taskDefinition?.taskDefinitionArn }));
await waitUntilServicesStable({ client, minDelay: 15, maxWaitTime: 30 * 60 }, { cluster, services: [service] });
