import type { Ecs } from '#aws/ecs';

/** ECS with a few calls; any other one is an error of the test, or of the code under test. */
export function stubEcs(calls: Partial<Ecs>): Ecs {
  const unexpected = (name: string) => () => Promise.reject(new Error(`${name} was not to be called`));
  return {
    describeServices: unexpected('describeServices'),
    updateService: unexpected('updateService'),
    describeServiceDeployments: unexpected('describeServiceDeployments'),
    listServiceDeployments: unexpected('listServiceDeployments'),
    describeServiceRevisions: unexpected('describeServiceRevisions'),
    stopServiceDeployment: unexpected('stopServiceDeployment'),
    continueServiceDeployment: unexpected('continueServiceDeployment'),
    describeTaskDefinition: unexpected('describeTaskDefinition'),
    registerTaskDefinition: unexpected('registerTaskDefinition'),
    runTask: unexpected('runTask'),
    describeTasks: unexpected('describeTasks'),
    listStoppedTasks: unexpected('listStoppedTasks'),
    ...calls,
  };
}
