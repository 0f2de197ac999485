import type { Service } from '../../wire/service.ts';

export interface IamWorld {
  readonly service: Service;
}
