import type { Places } from '../../wire/places.ts';
import type { FunctionPlace } from '../lambda/world.ts';

/** What every method of an API passes its requests on to: a function, by its alias. */
export interface Integration {
  readonly function: FunctionPlace;
  readonly alias: string;
}

/** What an API was when it was deployed: a snapshot that nothing changes. */
export interface Deployment {
  readonly id: string;
  readonly description: string;
  readonly createdAt: number;
  readonly integration: Integration;
}

export interface Stage {
  readonly name: string;
  readonly deploymentId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly deployments: Map<string, Deployment>;
  readonly stages: Map<string, Stage>;
}

/** The REST APIs of an account and region, by id. */
export type Apis = Places<Map<string, RestApi>>;
