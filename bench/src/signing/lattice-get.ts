// lattice-get.ts — the request that is signed: a GET to a VPC Lattice service, with what a program usually sends along, and
// credentials with a session token as long as those that STS gives.

export const REGION = 'eu-west-1';
export const SERVICE = 'vpc-lattice-svcs';
export const HOST = 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';

export const credentials = {
  accessKeyId: 'ASIAEXAMPLEKEY000001',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'IQoJb3JpZ2luX2VjEJr//////////wEaCWV1LXdlc3QtMSJHMEUCIQ/+='.repeat(20).slice(0, 1000),
};

/** The caller's headers, besides Host. */
export const callerHeaders: Readonly<Record<string, string>> = {
  accept: 'application/json',
  'content-type': 'application/json',
  'user-agent': 'orders/1.4.2',
  'x-correlation-id': '6f1c0e1e-30fb-4c1e-9bd5-7d2f8d3f8c11',
};

/** Another target for each number, so that nobody gains by remembering the last signature. */
export function target(n: number): string {
  return `/orders/${100_000 + (n % 900_000)}?page=${n % 7}&status=open`;
}
