import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { NotModelled } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
const algorithms: Readonly<Record<string, (body: Uint8Array) => Buffer>> = {
  ChecksumCRC32: body => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(crc32(body));
    return four;
  },
  ChecksumSHA1: body => createHash('sha1').update(body).digest(),
  ChecksumSHA256: body => createHash('sha256').update(body).digest(),
};

/** The checksums that came with a body, checked against it. An object that came with none gets none: the lab’s S3 does not add CRC64NVME. */
export function checkedChecksums(input: object, body: Uint8Array): Readonly<Record<string, string>> {
  const given = Object.entries(input).filter(
    ([name, value]) => /^Checksum(?!Algorithm|Mode|Type)/.test(name) && value !== undefined,
  );
  return Object.fromEntries(
    given.map(([name, value]) => {
      const computed = algorithms[name]?.(body).toString('base64');
      if (computed === undefined) throw new NotModelled(`with ${name}`);
      if (computed === value) return [name, computed];
      const algorithm = name.slice('Checksum'.length);
      throw new ServiceError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    }),
  );
}

export function checkMd5(given: string | undefined, body: Uint8Array): void {
  if (given === undefined) return;
  if (Buffer.from(given, 'base64').length !== 16) {
    throw new ServiceError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  }
  if (createHash('md5').update(body).digest('base64') === given) return;
  throw new ServiceError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
}
