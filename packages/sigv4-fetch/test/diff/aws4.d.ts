// aws4.d.ts — the one function of aws4 that the comparison uses; the package ships no types.
declare module 'aws4' {
  interface Aws4Request {
    service?: string;
    region?: string;
    host?: string;
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    extraHeadersToIgnore?: Record<string, boolean>;
  }
  const aws4: {
    sign(
      request: Aws4Request,
      credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
    ): Aws4Request;
  };
  export = aws4;
}
