// connection.ts — what is known of a connection, for all the requests on it.

/** One connection of a client. */
export interface Connection {
  readonly address: string;
  readonly port: number;
  /** The port of ours that it came in on. */
  readonly localPort: number;
  /** The VPC that its address or port stands for, or that our own client said. */
  vpc: string | undefined;
  tls: { readonly version: string; readonly cipher: string; readonly serverName: string | undefined } | undefined;
  /** Inside of a CONNECT tunnel: the port that was asked for. */
  tunnelPort: number | undefined;
  /** It has lived as long as a connection may: answers ask the client to leave. */
  expired: boolean;
  /** Requests on their way. */
  inFlight: number;
}
