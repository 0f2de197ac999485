import type {
  CreateServiceRequest,
  DeleteServiceRequest,
  DescribeServicesRequest,
  ListServicesRequest,
  UpdateServiceRequest,
} from '@aws-sdk/client-ecs';
import type { Call, Operation } from '../../../wire/service.ts';
import { arns, isArn } from '../arn.ts';
import { type Engine, realmOf } from '../engine.ts';
import { invalidParameter } from '../errors.ts';
import { findService, page, theActiveService, theCluster, theService } from '../lookups.ts';
import { createService, deleteService, updateService } from '../services.ts';
import { serviceView } from '../views/service.ts';

export function serviceOperations(engine: Engine): Record<string, Operation> {
  const cluster = ({ account, region }: Call, reference?: string) =>
    theCluster(realmOf(engine, account, region), reference);
  return {
    CreateService: (input: CreateServiceRequest, call: Call) => {
      const service = createService(engine, cluster(call, input.cluster), input, call.principal);
      return { service: serviceView(engine, service) };
    },

    UpdateService: (input: UpdateServiceRequest, call: Call) => {
      const service = theActiveService(cluster(call, input.cluster), input.service ?? '');
      updateService(engine, service, input);
      return { service: serviceView(engine, service) };
    },

    DeleteService: (input: DeleteServiceRequest, call: Call) => {
      const service = theService(cluster(call, input.cluster), input.service ?? '');
      if (service.status === 'ACTIVE') deleteService(engine, service, input.force === true);
      return { service: serviceView(engine, service) };
    },

    DescribeServices: ({ cluster: reference, services = [], include }: DescribeServicesRequest, call: Call) => {
      if (services.length === 0) throw invalidParameter('Services cannot be empty.');
      if (services.length > 10) throw invalidParameter('You can describe at most 10 services in one call.');
      const home = cluster(call, reference);
      const withTags = include?.includes('TAGS') === true;
      const found = services.map(name => ({ name, service: findService(home, name) }));
      return {
        services: found.flatMap(({ service }) =>
          service === undefined ? [] : [serviceView(engine, service, withTags)],
        ),
        failures: found.flatMap(({ name, service }) =>
          service === undefined
            ? [{ arn: isArn(name) ? name : arns.service(home.realm, home.name, name), reason: 'MISSING' }]
            : [],
        ),
      };
    },

    ListServices: (input: ListServicesRequest, call: Call) => {
      const active = [...cluster(call, input.cluster).services.values()].filter(({ status }) => status === 'ACTIVE');
      const { items, ...next } = page(
        active.map(({ arn }) => arn),
        input,
        100,
        10,
      );
      return { serviceArns: items, ...next };
    },
  };
}
