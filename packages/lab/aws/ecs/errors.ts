import { ServiceError } from '../../wire/service.ts';

export const clientError = (message: string) => new ServiceError('ClientException', message);
export const invalidParameter = (message: string) => new ServiceError('InvalidParameterException', message);
export const clusterNotFound = () => new ServiceError('ClusterNotFoundException', 'Cluster not found.');
export const serviceNotFound = () => new ServiceError('ServiceNotFoundException', 'Service not found.');
export const serviceNotActive = () => new ServiceError('ServiceNotActiveException', 'Service was not ACTIVE.');
export const deploymentNotFound = () =>
  new ServiceError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
export const conflict = (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
  new ServiceError('ConflictException', message, 400, fields);
