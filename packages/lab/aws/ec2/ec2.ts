import * as model from '@aws-sdk/client-ec2';
import { modelOnly } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { createPlaces } from '../../wire/places.ts';
import { type Call, type Service, ServiceError } from '../../wire/service.ts';
import type { Checks, Ec2World, Instance } from './world.ts';

/**
 * EC2 as far as somebody looks whether instances are well:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html . Its SDK takes most of a second to load, so
 * this file is loaded only where there are instances.
 */
export function createEc2(): Ec2World {
  const places = createPlaces(() => new Map<string, Instance>());

  function describeInstanceStatus(input: model.DescribeInstanceStatusCommandInput, { account, region }: Call) {
    modelOnly(input, 'InstanceIds', 'IncludeAllInstances', 'MaxResults', 'NextToken');
    const { NextToken, MaxResults, InstanceIds: ids, IncludeAllInstances: all = false } = input;
    if (ids !== undefined && MaxResults !== undefined) {
      const message = 'The parameter instancesSet cannot be used with the parameter maxResults';
      throw new ServiceError('InvalidParameterCombination', message);
    }
    if (MaxResults !== undefined && (MaxResults < 5 || MaxResults > 1000)) {
      const message = `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`;
      throw new ServiceError('InvalidParameterValue', message);
    }
    const known = places.at(account, region);
    const asked = ids?.map(id => find(known, id)) ?? [...known.values()];
    // Instances that do not run are left out unless they are asked for.
    const shown = asked.filter(instance => all || instance.state === 'running');
    const page = cutPage(shown.map(statusView), { ids, all }, NextToken, MaxResults ?? 100);
    if (page === undefined) throw new ServiceError('InvalidNextToken', 'The token is not valid');
    return { InstanceStatuses: page.items, NextToken: page.next };
  }

  const service: Service = {
    id: 'ec2',
    model,
    operations: { DescribeInstanceStatus: describeInstanceStatus },
    // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html : non-mutating actions without a filter or a page.
    buckets: [{ operations: ['DescribeInstanceStatus'], burst: 100, refill: 20 }],
  };

  return {
    service,
    at(account, region) {
      const instances = places.at(account, region);
      return {
        put: instance => void instances.set(instance.id, instance),
        change(id, change) {
          const instance = instances.get(id);
          if (instance === undefined) throw new Error(`there is no instance ${id} in ${account}`);
          instances.set(id, { ...instance, ...change });
        },
      };
    },
  };
}

function find(known: ReadonlyMap<string, Instance>, id: string): Instance {
  if (!/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new ServiceError('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
  }
  const instance = known.get(id);
  if (instance === undefined) {
    throw new ServiceError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  }
  return instance;
}

const codes = { pending: 0, running: 16, stopping: 64, stopped: 80 } as const;

/** An instance that does not run is not checked. */
function statusView({ id, zone, state, instance, system }: Instance): model.InstanceStatus {
  const checked = state === 'running';
  return {
    InstanceId: id,
    AvailabilityZone: zone,
    InstanceState: { Code: codes[state], Name: state },
    InstanceStatus: summary(checked ? instance : 'not-applicable'),
    SystemStatus: summary(checked ? system : 'not-applicable'),
  };
}

function summary(status: Checks | 'not-applicable'): model.InstanceStatusSummary {
  if (status === 'not-applicable') return { Status: status };
  const detail = {
    ok: 'passed',
    impaired: 'failed',
    initializing: 'initializing',
    'insufficient-data': 'insufficient-data',
  };
  return {
    Status: status,
    Details: [{ Name: 'reachability', Status: detail[status] as model.StatusType }],
  };
}
