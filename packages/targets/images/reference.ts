/** An image in ECR: `<account>.dkr.ecr.<region>.amazonaws.com/<name>`, with a tag or a digest or both. */
export interface EcrReference {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

const pattern =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<name>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Undefined for an image of another registry. */
export function readEcrReference(reference: string): EcrReference | undefined {
  const { account, region, name, tag, digest } = pattern.exec(reference)?.groups ?? {};
  if (account === undefined || region === undefined || name === undefined) return undefined;
  return { account, region, name, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}
