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
  /** How long it may be silent: the server's time, until a service of another time has been asked for over HTTP/2. */
  idleMs: number;
  /** It has lived as long as a connection may: answers ask the client to leave. */
  expired: boolean;
  /** Requests on their way. */
  inFlight: number;
  /** Tells a client that speaks HTTP/2 to leave once its streams have ended. Undefined before it speaks it. */
  leave: (() => void) | undefined;
}
