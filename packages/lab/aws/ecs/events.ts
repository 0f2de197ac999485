import type { Engine } from './engine.ts';
import type { Service } from './state.ts';

/** DescribeServices shows the most recent 100. */
const KEPT = 100;

export function record(engine: Engine, service: Service, message: string): void {
  service.events.unshift({
    id: engine.ids.uuid('event'),
    createdAt: engine.clock.now(),
    message: `(service ${service.name}) ${message}`,
  });
  service.events.splice(KEPT);
}
