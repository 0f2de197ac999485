import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import manifest from './package.json' with { type: 'json' };
import { respond } from './respond.js';
import { userOf } from './tokens.js';

const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const TableName = process.env.TABLE;

/** Everybody’s own notes, and whether the API lives. */
export async function handler(event) {
  switch (event.routeKey) {
    case 'GET /health':
      return respond(200, { status: 'ok' });
    case 'GET /version':
      return respond(200, { version: manifest.version });
    default: {
      const owner = await userOf(event);
      return owner === undefined ? respond(401, { message: 'Unauthorized' }) : answer(owner, event);
    }
  }
}

async function answer(owner, { routeKey, pathParameters, body }) {
  const Key = { owner, id: pathParameters?.id };
  switch (routeKey) {
    case 'GET /notes': {
      const own = { KeyConditionExpression: '#owner = :owner', ExpressionAttributeNames: { '#owner': 'owner' } };
      const { Items } = await table.send(
        new QueryCommand({ TableName, ...own, ExpressionAttributeValues: { ':owner': owner } }),
      );
      return respond(200, { notes: Items });
    }
    case 'POST /notes':
      return put(201, { ...JSON.parse(body), owner, id: randomUUID() });
    case 'PUT /notes/{id}':
      return put(200, { ...JSON.parse(body), ...Key });
    case 'GET /notes/{id}': {
      const { Item } = await table.send(new GetCommand({ TableName, Key }));
      return Item === undefined ? respond(404, { message: 'Not Found' }) : respond(200, Item);
    }
    case 'DELETE /notes/{id}':
      await table.send(new DeleteCommand({ TableName, Key }));
      return respond(204);
  }
}

async function put(status, Item) {
  await table.send(new PutCommand({ TableName, Item }));
  return respond(status, Item);
}
