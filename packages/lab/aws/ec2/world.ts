import type { Service } from '../../wire/service.ts';

/** What a status check of AWS says. */
export type Checks = 'ok' | 'impaired' | 'initializing' | 'insufficient-data';

export interface Instance {
  /** `i-` and 17 hex digits. */
  readonly id: string;
  readonly zone: string;
  readonly state: 'pending' | 'running' | 'stopping' | 'stopped';
  /** The instance status check, and the one of the system below it. */
  readonly instance: Checks;
  readonly system: Checks;
}

/** The instances of one account and region. */
export interface Ec2Place {
  put(instance: Instance): void;
  change(id: string, change: Partial<Omit<Instance, 'id'>>): void;
}

export interface Ec2World {
  readonly service: Service;
  at(account: string, region: string): Ec2Place;
}
