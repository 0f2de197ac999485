import type { LabClock } from '../../clock/clock.ts';
import { createPlaces, type Places } from '../../wire/places.ts';
import type { Ids } from '../ecs/ids.ts';
import type { CodePipelinePorts } from './ports.ts';
import type { Execution, Pipeline, Start } from './state.ts';

/** What every part of the service works with. */
export interface Engine {
  readonly clock: LabClock;
  readonly ids: Ids;
  readonly ports: CodePipelinePorts;
  /** The pipelines of an account and region, by name. */
  readonly places: Places<Map<string, Pipeline>>;
  readonly start: (pipeline: Pipeline, start: Start) => Execution;
}

export function openPlaces(): Places<Map<string, Pipeline>> {
  return createPlaces(() => new Map<string, Pipeline>());
}

/** As CodePipeline writes ids of executions, of actions and of approvals: `[0-9a-f]{8}-…-[0-9a-f]{12}`. */
export function newId(engine: Pick<Engine, 'ids'>, kind: string): string {
  return engine.ids.uuid(kind);
}
