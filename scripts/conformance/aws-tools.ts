import type { Tool } from './tools.ts';

/** An AWS that others wrote, spoken to as the lab is: https://docs.getmoto.org/en/latest/docs/server_mode.html */
export const moto: Tool = {
  name: 'moto_server',
  version: '5.2.5',
  from: { registry: 'pypi', distribution: 'moto[server]' },
};

/** The real client of SAM templates: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/ */
export const sam: Tool = {
  name: 'sam',
  version: '1.170.0',
  from: { registry: 'pypi', distribution: 'aws-sam-cli' },
};

/** The real client of everything: its wire format is botocore’s, not that of the SDK for JavaScript. */
export const awsCli: Tool = {
  name: 'aws',
  version: '1.46.3',
  from: { registry: 'pypi', distribution: 'awscli' },
};

/** Checks CloudFormation templates against the schemas of their resource types. */
export const cfnLint: Tool = {
  name: 'cfn-lint',
  version: '1.58.0',
  from: { registry: 'pypi' },
};
