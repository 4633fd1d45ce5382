// aws4.d.ts — the one function of aws4 that is measured; the package ships no types.
declare module 'aws4' {
  interface Aws4Request {
    service: string;
    region: string;
    host: string;
    method: string;
    path: string;
    headers: Record<string, string>;
  }
  interface Aws4Credentials {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  }
  const aws4: { sign(request: Aws4Request, credentials: Aws4Credentials): Aws4Request };
  export = aws4;
}
