import type { ContainerDefinition, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import { clientError } from './errors.ts';

const gigabytes = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024);

/** Memory in MiB by CPU units: "Task definition parameters for Fargate", task size. */
const fargateSizes: Readonly<Record<string, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: gigabytes(1, 4),
  1024: gigabytes(2, 8),
  2048: gigabytes(4, 16),
  4096: gigabytes(8, 30),
  8192: gigabytes(16, 60, 4),
  16384: gigabytes(32, 120, 8),
  32768: [60, 120, 183, 244].map(size => size * 1024),
};

/** Refuses what ECS refuses at registration, as far as this world knows; returns the family. */
export function checkRegistration(input: RegisterTaskDefinitionRequest): string {
  const { family, containerDefinitions = [] } = input;
  if (family === undefined || !/^[A-Za-z0-9_-]{1,255}$/.test(family)) {
    throw clientError(
      'Family contains invalid characters. Only letters, numbers, hyphens and underscores are allowed.',
    );
  }
  if (containerDefinitions.length === 0) throw clientError('Container list cannot be empty.');
  if (containerDefinitions.length > 10) throw clientError('Too many containers.');
  for (const container of containerDefinitions) checkContainer(container, input);
  const names = containerDefinitions.map(container => container.name);
  if (new Set(names).size !== names.length) throw clientError('Container.name contains duplicates.');
  if (containerDefinitions.every(container => container.essential === false)) {
    throw clientError('The task definition must contain at least one essential container.');
  }
  if (input.requiresCompatibilities?.includes('FARGATE') === true) checkFargate(input);
  return family;
}

function checkContainer(container: ContainerDefinition, input: RegisterTaskDefinitionRequest): void {
  if (!container.name) throw clientError('Container.name should not be null or empty.');
  if (!container.image) throw clientError('Container.image should not be null or empty.');
  if (container.secrets !== undefined && container.secrets.length > 0 && !input.executionRoleArn) {
    throw clientError(
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    );
  }
  const { logConfiguration } = container;
  if (logConfiguration?.logDriver === 'awslogs' && !logConfiguration.options?.['awslogs-group']) {
    throw clientError('Log driver awslogs requires options: awslogs-group');
  }
}

function checkFargate(input: RegisterTaskDefinitionRequest): void {
  if (input.networkMode !== 'awsvpc') throw clientError("Fargate only supports network mode 'awsvpc'.");
  if (!input.cpu) throw clientError("Invalid 'cpu' setting for task.");
  if (!input.memory) throw clientError("Invalid 'memory' setting for task.");
  if (fargateSizes[units(input.cpu, 1024)]?.includes(units(input.memory, 1024)) !== true) {
    throw clientError('No Fargate configuration exists for given values.');
  }
  if (input.executionRoleArn) return;
  const containers = input.containerDefinitions ?? [];
  if (containers.some(container => container.logConfiguration?.logDriver === 'awslogs')) {
    throw clientError('Fargate requires task definition to have execution role ARN to support log driver awslogs.');
  }
  if (containers.some(container => /\.dkr\.ecr\./.test(container.image ?? ''))) {
    throw clientError('Fargate requires task definition to have execution role ARN to support ECR images.');
  }
}

/** `1024`, `1 vCPU`, `.5 vCPU`, `2 GB` as numbers of units. */
function units(size: string, perWhole: number): number {
  const match = /^\s*(\d*\.?\d+)\s*(vCPU|GB)?\s*$/i.exec(size);
  if (match === null) return Number.NaN;
  return match[2] === undefined ? Number(match[1]) : Number(match[1]) * perWhole;
}
