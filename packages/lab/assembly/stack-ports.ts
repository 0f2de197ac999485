import type { CloudFormationPorts, ResourceMaker } from '../aws/cloudformation/ports.ts';
import type { S3World } from '../aws/s3/s3.ts';

/** `https://bucket.s3.region.amazonaws.com/key`, `https://s3.region.amazonaws.com/bucket/key`, with or without a region. */
const virtual = /^https:\/\/(?<bucket>[a-z0-9.-]+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com\/(?<key>[^?]+)/;
const path = /^https:\/\/s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com\/(?<bucket>[a-z0-9.-]+)\/(?<key>[^?]+)/;

/** CloudFormation reads templates from S3, and makes buckets there; functions and the APIs before them by `others`. */
export function stackPorts(s3: S3World, others: CloudFormationPorts['makers'] = {}): CloudFormationPorts {
  return {
    template: (account, _region, url) => read(s3, account, url),
    makers: { 'AWS::S3::Bucket': buckets(s3), ...others },
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
