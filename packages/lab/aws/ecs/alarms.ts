import type { Engine } from './engine.ts';
import type { ServiceDeployment } from './state.ts';

/**
 * Watches the alarms of a deployment that begins. One that is in ALARM already makes ECS ignore the whole alarm
 * configuration of this deployment ("How CloudWatch alarms detect Amazon ECS deployment failures").
 */
export function watchAlarms(engine: Engine, deployment: ServiceDeployment, triggered: () => void): void {
  const { alarms: watched, service, configuration } = deployment;
  const { enable, alarmNames = [] } = configuration.alarms ?? {};
  if (enable !== true || alarmNames.length === 0) return;
  const { account, region } = service.realm;
  const { alarms } = engine.ports;
  if (alarmNames.some(name => alarms.state(account, region, name) === 'ALARM')) return;
  watched.status = 'MONITORING';
  for (const name of alarmNames) {
    const cancel = alarms.watch(account, region, name, state => {
      if (state !== 'ALARM' || watched.status !== 'MONITORING') return;
      watched.triggered.push(name);
      watched.status = 'TRIGGERED';
      triggered();
    });
    deployment.cancellations.push(cancel);
  }
}
