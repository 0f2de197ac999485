type Client = new (config: object) => { send(command: object): Promise<object> };
type Command = new (input: object) => object;

/** Each takes its time to load. */
const sdks: Readonly<Record<string, () => Promise<readonly [Client, object]>>> = {
  dynamodb: async () => {
    const sdk = await import('@aws-sdk/client-dynamodb');
    return [sdk.DynamoDBClient, sdk];
  },
  rds: async () => {
    const sdk = await import('@aws-sdk/client-rds');
    return [sdk.RDSClient, sdk];
  },
  sns: async () => {
    const sdk = await import('@aws-sdk/client-sns');
    return [sdk.SNSClient, sdk];
  },
};

/** `call-aws rds DescribeDBInstances '{}'`: any call, by somebody who is no action. Prints what comes of it, or the error’s name. */
const [service = '', operation = '', input = '{}'] = process.argv.slice(2);
const [Client, commands = {}] = (await sdks[service]?.()) ?? [];
const Command: Command | undefined = Reflect.get(commands, `${operation}Command`);
if (Client === undefined || Command === undefined) throw new Error(`there is no call ${service} ${operation}`);
try {
  console.log(JSON.stringify(await new Client({}).send(new Command(JSON.parse(input)))));
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : error);
}
