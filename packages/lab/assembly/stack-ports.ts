import type { CloudFormationPorts, ResourceMaker } from '../aws/cloudformation/ports.ts';
import type { Json } from '../aws/cloudformation/template/parse.ts';
import type { DynamoDbWorld } from '../aws/dynamodb/dynamodb.ts';
import type { S3World } from '../aws/s3/s3.ts';
import type { SnsWorld } from '../aws/sns/sns.ts';
import { isRecord } from '../wire/strict.ts';

/** `https://bucket.s3.region.amazonaws.com/key`, `https://s3.region.amazonaws.com/bucket/key`, with or without a region. */
const virtual = /^https:\/\/(?<bucket>[a-z0-9.-]+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com\/(?<key>[^?]+)/;
const path = /^https:\/\/s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com\/(?<bucket>[a-z0-9.-]+)\/(?<key>[^?]+)/;

export interface StackMakers {
  readonly s3: S3World;
  readonly dynamodb: DynamoDbWorld;
  readonly sns: SnsWorld;
}

/** CloudFormation reads templates from S3, and makes buckets, tables and topics; functions and the APIs before them by `others`. */
export function stackPorts(
  { s3, dynamodb, sns }: StackMakers,
  others: CloudFormationPorts['makers'] = {},
): CloudFormationPorts {
  return {
    template: (account, _region, url) => read(s3, account, url),
    makers: {
      'AWS::S3::Bucket': buckets(s3),
      'AWS::DynamoDB::Table': tables(dynamodb),
      'AWS::SNS::Topic': topics(sns),
      ...others,
    },
  };
}

function read(s3: S3World, account: string, url: string): { body: string } | { error: string } {
  const { bucket = '', key = '' } = (path.exec(url) ?? virtual.exec(url))?.groups ?? {};
  const found = s3.find(bucket);
  if (found === undefined) return { error: 'The specified bucket does not exist' };
  if (found.account !== account) return { error: 'Access Denied' };
  const object = found.objects.get(decodeURIComponent(key));
  return object === undefined
    ? { error: 'The specified key does not exist.' }
    : { body: Buffer.from(object.body).toString('utf8') };
}

/** In S3’s own words, as CloudFormation passes them on. */
function buckets(s3: S3World): ResourceMaker {
  return {
    create({ account, region, physicalId: name }) {
      if (s3.find(name) !== undefined) throw new Error(`${name} already exists`);
      s3.createBucket({ account, region, name });
    },
    update() {},
    remove({ physicalId: name }) {
      const bucket = s3.find(name);
      if (bucket !== undefined && bucket.objects.size > 0) {
        throw new Error('The bucket you tried to delete is not empty (Service: S3, Status Code: 409)');
      }
      s3.removeBucket(name);
    },
  };
}

/** With its point-in-time recovery, which begins when it is switched on. */
function tables(dynamodb: DynamoDbWorld): ResourceMaker {
  return {
    create({ account, region, physicalId: name, properties }) {
      const place = dynamodb.at(account, region);
      if (place.table(name) !== undefined) throw new Error(`${name} already exists`);
      place.putTable({ name, age: 0, items: 0, recoverableFor: isRecoverable(properties) ? 0 : undefined });
    },
    update({ account, region, physicalId: name, properties }) {
      dynamodb.at(account, region).setRecovery(name, isRecoverable(properties));
    },
    remove({ account, region, physicalId: name }) {
      const place = dynamodb.at(account, region);
      if (place.table(name) !== undefined) place.removeTable(name);
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-pointintimerecoveryspecification.html */
function isRecoverable({ PointInTimeRecoverySpecification: given }: Json): boolean {
  return isRecord(given) && given.PointInTimeRecoveryEnabled === true;
}

/** Its ARN is what a stack knows it by. Whoever it names as subscribers is for a scenario to say. */
function topics(sns: SnsWorld): ResourceMaker {
  const nameOf = (arn: string) => arn.split(':').at(-1) ?? '';
  return {
    create({ account, region, physicalId, properties }) {
      sns.at(account, region).addTopic(nameOf(physicalId), displayNameOf(properties));
    },
    update({ account, region, physicalId, properties }) {
      const topic = sns.at(account, region).topic(nameOf(physicalId));
      if (topic !== undefined) topic.displayName = displayNameOf(properties);
    },
    remove({ account, region, physicalId }) {
      const place = sns.at(account, region);
      if (place.topic(nameOf(physicalId)) !== undefined) place.removeTopic(nameOf(physicalId));
    },
  };
}

function displayNameOf({ DisplayName: name }: Json): string {
  return typeof name === 'string' ? name : '';
}
