/** Codes that a service documents and its SDK does not model, with their statuses; by signing name. */
export const unmodelledErrors: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // Said of CallerReference: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_InvalidationBatch.html
  cloudfront: { InvalidationBatchAlreadyExists: 400 },
  // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
  s3: {
    AuthorizationHeaderMalformed: 400,
    BadDigest: 400,
    ConditionalRequestConflict: 409,
    EntityTooLarge: 400,
    ExpiredToken: 400,
    InternalError: 500,
    InvalidAccessKeyId: 403,
    InvalidArgument: 400,
    InvalidDigest: 400,
    KeyTooLongError: 400,
    MalformedXML: 400,
    MissingContentLength: 411,
    NoSuchVersion: 404,
    PermanentRedirect: 301,
    PreconditionFailed: 412,
    RequestTimeout: 400,
    RequestTimeTooSkewed: 403,
    ServiceUnavailable: 503,
    SlowDown: 503,
    XAmzContentSHA256Mismatch: 400,
  },
};
