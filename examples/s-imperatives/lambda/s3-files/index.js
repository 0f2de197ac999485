import { readFileSync } from 'node:fs';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'; // of the runtime

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
const s3 = new S3Client({});

/** Answers API Gateway: the files of the bucket, and what runs here. */
export async function handler({ path = '/' }) {
  switch (path) {
    case '/health':
      return answer(200, { status: 'ok' });
    case '/version':
      return answer(200, { version });
    case '/files': {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: process.env.BUCKET }));
      return answer(
        200,
        Contents.map(({ Key }) => Key),
      );
    }
    default:
      return answer(404, { error: 'Not Found' });
  }
}

function answer(statusCode, body) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
