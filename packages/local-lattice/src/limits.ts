// limits.ts — what comes from outside is bounded here, and where each number comes from.

/** Head of a request. Lattice documents no number; this is the Application Load Balancer's. */
export const HEADER_BYTES_MAX = 65_536;
/** Fields in a head: our own bound. */
export const HEADER_COUNT_MAX = 1_000;
/** Lattice: connections idle for longer are closed (`idleTimeoutSeconds`, 60 unless set). */
export const IDLE_MS = 60_000;
/** Lattice: no connection lives longer. */
export const CONNECTION_MS = 600_000;
/** A connection's first bytes, and a TLS handshake, must come within this time: our own bound. */
export const HANDSHAKE_MS = 10_000;
/** Connecting to a target on this machine: our own bound. */
export const CONNECT_MS = 5_000;
/** A TLS ClientHello: more than any real one. */
export const CLIENT_HELLO_BYTES_MAX = 65_536;
/** Requests that are remembered for the page and for tests, unless said otherwise. */
export const SEEN_MAX = 1_000;
/** Sessions that the local STS has handed out and that have not expired. */
export const SESSIONS_MAX = 10_000;
/** How long requests in flight may take to end when everything is closed. */
export const DRAIN_MS = 5_000;
