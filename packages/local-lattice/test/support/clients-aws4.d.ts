// clients-aws4.d.ts — the one function of aws4 that the tests use; the package ships no types.
declare module 'aws4' {
  interface Aws4Request {
    service?: string;
    region?: string;
    host?: string;
    method?: string;
    path?: string;
    body?: string;
    headers?: Record<string, string | number>;
    signQuery?: boolean;
  }
  const aws4: {
    sign(
      request: Aws4Request,
      credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined },
    ): Aws4Request;
  };
  export = aws4;
}
