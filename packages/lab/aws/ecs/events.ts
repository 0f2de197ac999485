import type { Engine } from './engine.ts';
import type { Service } from './state.ts';

/** DescribeServices shows the most recent 100. */
const KEPT = 100;

export function record(engine: Engine, service: Service, message: string): void {
  service.events.unshift({
    id: uuid(engine.ids.hex('event')),
    createdAt: engine.clock.now(),
    message: `(service ${service.name}) ${message}`,
  });
  service.events.splice(KEPT);
}

const uuid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
